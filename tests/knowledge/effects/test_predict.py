"""A bare VCF gets what an annotator would have written into it."""

import numpy as np
import pytest

from models.case import ANNOTATION_COLUMNS, Assembly, State
from models.errors import Stopped, WrongBuild
from models.knowledge.effects.layout import NEARBY_BASES, laid_out
from models.knowledge.effects.predict import effects, effects_on
from sample_data.patients import PATIENTS
from tests.knowledge.effects.synthetic import patient
from tests.knowledge.effects.toy import alleles, mane, reference, transcript

every_patient = pytest.mark.parametrize("slug", sorted(p.slug for p in PATIENTS))


def predicted(slug):
    """(what the file says, what we say) of each row of a patient's VCF."""
    layout, known, rows = patient(slug)
    given = alleles(*((s.chrom, s.pos, s.ref, a.text) for s, a in rows), assembly=known.assembly)
    return list(zip(rows, effects_on(layout, given, known).itertuples(), strict=True))


@every_patient
def test_a_sample_patients_bare_vcf_gets_what_its_annotator_wrote(slug):
    """Compared where both look at one transcript. Not compared: the mitochondrion, which the recipe gives no
    sequence, and indels that the recipe counts in an intron beyond the transcript's end. Known exceptions: the
    recipe tells a splice region of some exonic bases only, and counts intronic deletions from where the file
    puts them, not from the 3' end.
    """
    names, splice, moved, compared = [], 0, 0, 0
    rows = predicted(slug)
    for (site, alt), ours in rows:
        theirs = alt.effect
        outside = ours.consequence.startswith(("upstream", "downstream"))
        if theirs.gene is None or site.chrom == "MT" or ours.transcript != theirs.gene.refseq_transcript or outside:
            continue
        compared += 1
        terms = set(ours.consequence.split("&")), set(theirs.consequence.split("&"))
        splice += terms[0] != terms[1]
        moved += ours.hgvs_c != theirs.hgvs_c
        if ours.hgvs_p != theirs.hgvs_p or terms[0] - {"splice_region_variant"} != terms[1] - {"splice_region_variant"}:
            names.append((site.key, ours, theirs))
        if ours.hgvs_c != theirs.hgvs_c:
            assert "del" in ours.hgvs_c and ("+" in ours.hgvs_c or "-" in ours.hgvs_c)
    assert names == []
    assert splice <= 4 and moved <= 2
    assert compared > 1400
    assert_published_names(slug, [ours for _, ours in rows])


def assert_published_names(slug, rows):
    """Every published allele has the names it was published under."""
    recipe = next(p for p in PATIENTS if p.slug == slug)
    named = {(ours.gene, ours.hgvs_c): ours for ours in rows}
    for allele in (*recipe.causal, *recipe.incidental, *recipe.carried_by_the_way):
        if allele.gene == "MT-TL1":
            assert named["MT-TL1", "m.3243A>G"].consequence == "non_coding_transcript_exon_variant"
        else:
            assert named[allele.gene, allele.hgvs_c].hgvs_p == allele.hgvs_p
            assert named[allele.gene, allele.hgvs_c].is_mane_select


# ATG GCT A|GA TGG TGG TGG AAA A|CG TCG TCG TAA: Met Ala Arg Trp Trp Trp Lys Thr Ser Ser Ter
EXONS, CDS = ((11, 20), (31, 45), (61, 90)), (14, 71)
TEXT = (
    "T" * 10
    + "CCCATGGCTA"
    + "GTAAGTTTAG"
    + "GATGGTGGTGGAAAA"
    + "GTAAGTTTTTTTCAG"
    + "CGTCGTCGTAA"
    + "C" * 19
    + "T" * 6000
)


@pytest.fixture(scope="module")
def toy(tmp_path_factory):
    model = transcript(exons=EXONS, cds=CDS)
    layout = laid_out((model,), [0], Assembly.GRCH38)
    known = reference(tmp_path_factory.mktemp("toy"), {"1": TEXT})
    return lambda *rows: effects_on(layout, alleles(*rows), known)


@pytest.mark.parametrize(
    ("pos", "ref", "alt", "consequence", "hgvs_c", "hgvs_p"),
    [
        (18, "C", "A", "missense_variant&splice_region_variant", "c.5C>A", "p.Ala2Asp"),
        (19, "T", "C", "splice_region_variant&synonymous_variant", "c.6T>C", "p.Ala2="),
        (16, "G", "A", "start_lost", "c.3G>A", "p.Met1?"),
        (12, "C", "A", "5_prime_UTR_variant", "c.-2C>A", ""),
        (21, "G", "A", "splice_donor_variant", "c.7+1G>A", "p.?"),
        (24, "A", "G", "splice_region_variant&intron_variant", "c.7+4A>G", ""),
        (59, "A", "G", "splice_acceptor_variant", "c.23-2A>G", "p.?"),
        (53, "T", "G", "splice_region_variant&intron_variant", "c.22+8T>G", ""),
        (69, "T", "C", "stop_lost", "c.31T>C", "p.Ter11GlnextTer?"),
        (72, "C", "G", "3_prime_UTR_variant", "c.*1C>G", ""),
        (33, "T", "TA", "stop_gained&frameshift_variant", "c.10_11insA", "p.Trp4Ter"),
        (34, "GGT", "G", "frameshift_variant", "c.13_14del", "p.Trp5ValfsTer?"),
        (41, "GAAAAG", "G", "splice_donor_variant&coding_sequence_variant", "c.19_22+1del", "p.?"),
        (16, "G", "GGCT", "inframe_insertion", "c.4_6dup", "p.Ala2dup"),
        (45, "A", "AG", "frameshift_variant&splice_region_variant", "c.22+1dup", "p.?"),
        (47, "TAAG", "T", "splice_region_variant&intron_variant", "c.22+3_22+5del", ""),
        (1, "T" + TEXT[1:95], "T", "transcript_ablation", "", ""),
        (5, "T", "A", "upstream_gene_variant", "", ""),
        (91, "T", "TA", "downstream_gene_variant", "", ""),
    ],
)
def test_each_kind_of_change_is_told(toy, pos, ref, alt, consequence, hgvs_c, hgvs_p):
    row = toy(("1", pos, ref, alt)).iloc[0]
    assert (row["consequence"], row["hgvs_c"], row["hgvs_p"]) == (consequence, hgvs_c, hgvs_p)


def test_what_is_not_there_is_absent_and_what_cannot_be_told_is_not_assessed(toy):
    frame = toy(
        ("1", 73, "C", "G"),  # 3' UTR: no protein
        ("1", 90 + NEARBY_BASES, "T", "A"),
        ("1", 91 + NEARBY_BASES, "T", "A"),
        ("1", 18, "G", "A"),  # the reference has C
        ("1", 18, "C", "<DEL>"),
        ("2", 18, "C", "A"),  # a contig the reference does not have
        ("1", 18, "C", "C"),
    )
    found, absent, unknown = State.FOUND, State.ABSENT, State.NOT_ASSESSED
    states = frame[["gene_state", "transcript_state", "consequence_state", "hgvs_c_state", "hgvs_p_state"]]
    assert states.to_numpy().tolist() == [
        [found, found, found, found, absent],
        [found, found, found, absent, absent],
        [absent, absent, found, absent, absent],
        *[[unknown] * 5] * 4,
    ]
    assert frame["consequence"].tolist()[:3] == ["3_prime_UTR_variant", "downstream_gene_variant", "intergenic_variant"]
    assert set(frame["consequence"][3:]) == {""}


def test_the_columns_are_those_of_the_contract(toy):
    frame = toy(("1", 18, "C", "A"))
    for name in ("gene", "transcript", "is_mane_select", "consequence", "hgvs_c", "hgvs_p"):
        assert str(frame[name].dtype) == ANNOTATION_COLUMNS[name][0]
        assert frame[ANNOTATION_COLUMNS[name][1]].dtype == np.int8
    assert len(toy()) == 0


def test_the_worse_of_two_transcripts_is_told_and_mane_select_where_they_are_equal(tmp_path):
    select, plus = transcript(exons=EXONS, cds=CDS), transcript(exons=((11, 40),), cds=(14, 40))
    known = reference(tmp_path, {"1": TEXT})
    layout = laid_out((plus, select), [1, 0], Assembly.GRCH38)
    frame = effects_on(layout, alleles(("1", 18, "C", "A"), ("1", 24, "A", "G")), known)
    assert [c.split("&")[0] for c in frame["consequence"]] == ["missense_variant", "missense_variant"]
    assert frame["hgvs_c"].tolist() == ["c.5C>A", "c.11A>G"]


def test_another_assembly_is_refused(tmp_path):
    known = reference(tmp_path, {"1": TEXT}, Assembly.GRCH37)
    with pytest.raises(WrongBuild, match="lift the variants over"):
        effects(alleles(("1", 18, "C", "A"), assembly=Assembly.GRCH37), known, mane())
    with pytest.raises(WrongBuild, match="the reference on GRCh37"):
        effects(alleles(("1", 18, "C", "A")), known, mane())


def test_somebody_may_stop_it(tmp_path):
    def stop(*_):
        raise Stopped("Stopped.")

    layout = laid_out((transcript(exons=EXONS, cds=CDS),), [0], Assembly.GRCH38)
    with pytest.raises(Stopped):
        effects_on(layout, alleles(("1", 16, "G", "GGCT")), reference(tmp_path, {"1": TEXT}), stop)


def test_the_mitochondrion_is_counted_on_its_genome_and_read_with_its_own_code(tmp_path):
    # MT-CO1 is 5904-7445 and MT-ND6, on the other strand, 14149-14673; both read as TGA (Trp) throughout here.
    text = "C" * 5903 + "ATG" + "TGA" * 512 + "TAA" + "C" * 6703 + "TTA" + "TCA" * 173 + "CAT" + "C" * 1896
    known = reference(tmp_path, {"MT": text})
    rows = (
        ("MT", 5909, "A", "G"),
        ("MT", 5907, "T", "A"),
        ("MT", 14152, "T", "C"),
        ("MT", 5909, "A", "AT"),
        ("MT", 10, "CC", "C"),
        ("MT", 3243, "C", "G"),
    )
    frame = effects(alleles(*rows), known, mane())
    assert frame["hgvs_c"].tolist()[:4] == ["m.5909A>G", "m.5907T>A", "m.14152T>C", "m.5910dup"]
    assert frame["hgvs_p"].tolist()[:4] == ["p.Trp2=", "p.Trp2Ter", "p.Trp174=", "p.Trp3LeufsTer?"]  # AGA: a stop
    assert frame["gene"].tolist()[4:] == ["MT-TF", "MT-TL1"]
    assert frame["consequence"].tolist()[4:] == ["upstream_gene_variant", "non_coding_transcript_exon_variant"]
    assert frame["transcript"].tolist()[5] == "NC_012920.1"
