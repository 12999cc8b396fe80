"""A gene's other transcripts, from Ensembl's own file form."""

import gzip
import random

import pytest

from models.case import Allele, Assembly
from models.errors import UnreadableFile, WrongBuild
from models.knowledge import gene_models
from models.knowledge.effects import gff
from models.knowledge.effects.edit import edit_of
from models.knowledge.effects.edit_effect import edit_effect
from models.knowledge.effects.gff import read_gff
from models.knowledge.effects.layout import laid_out, models_of
from models.knowledge.effects.others import on_transcripts
from models.knowledge.effects.predict import effects_on
from tests.knowledge.effects import peer
from tests.knowledge.effects.toy import alleles, reference

HEAD = "##gff-version 3\n##sequence-region   1 1 6091\n#!genome-build GRCh38.p14\n"


def line(kind, start, end, attributes, strand="+", phase=".", contig="1"):
    return f"{contig}\tensembl\t{kind}\t{start}\t{end}\t.\t{strand}\t{phase}\t{attributes}\n"


def transcript(name, exons, coding, tag="basic", phase="0", strand="+"):
    said = f"ID=transcript:{name};Parent=gene:G;transcript_id={name};version=2;tag={tag}"
    text = line("mRNA", exons[0][0], exons[-1][1], said, strand)
    text += "".join(line("exon", a, b, f"Parent=transcript:{name};rank=1", strand) for a, b in exons)
    return text + "".join(line("CDS", a, b, f"ID=CDS:P;Parent=transcript:{name}", strand, phase) for a, b in coding)


GENE = line("gene", 11, 90, "ID=gene:G;Name=TOY;gene_id=G;biotype=protein_coding")
BOTH = (
    GENE
    + transcript("T1", [(11, 20), (31, 45), (61, 90)], [(14, 20), (31, 45), (61, 71)], "basic,MANE_Select")
    + transcript("T2", [(11, 40)], [(14, 40)])
    + transcript("T3", [(11, 40)], [(14, 40)], "cds_start_NF")
    + transcript("T4", [(11, 40)], [(14, 40)], phase="1")
    + transcript("T5", [(11, 41)], [(14, 41)])
    + line("lnc_RNA", 11, 40, "ID=transcript:T6;Parent=gene:G;transcript_id=T6;version=1")
    + line("exon", 11, 40, "Parent=transcript:T6")
    + line("five_prime_UTR", 11, 13, "Parent=transcript:T1")
)


@pytest.fixture(autouse=True)
def small_genome(monkeypatch):
    monkeypatch.setattr(gff, "LENGTHS_BASES", {"1": (7000, 6091)})


def read(folder, text, assembly=Assembly.GRCH38):
    path = folder / "Homo_sapiens.GRCh38.115.gff3.gz"
    path.write_bytes(gzip.compress(text.encode()))
    return read_gff(path, assembly, lambda *_: None)


def test_transcripts_with_known_ends_are_read_and_the_others_left_out(tmp_path):
    models = tuple(models_of(read(tmp_path, HEAD + BOTH)))
    assert [(m.refseq, m.mane_status) for m in models] == [("T1.2", "MANE Select"), ("T2.2", ""), ("T6.1", "")]
    assert models[0].exons == ((11, 20), (31, 45), (61, 90))
    assert (models[0].gene, models[0].cds_start_1based, models[0].cds_end_1based) == ("TOY", 14, 71)
    assert models[2].cds_start_1based == 0


def test_one_allele_is_told_on_each_transcript_it_touches_worst_first(tmp_path):
    models = tuple(models_of(read(tmp_path, HEAD + BOTH)))
    text = "TTTTTTTTTTCCCATGGCTAGTAAGTTTAGGATGGTGGTGGAAAAGTAAGTTTTTTTCAGCGTCGTCGTAA" + "C" * 6020
    known = reference(tmp_path, {"1": text})
    told = on_transcripts(Allele(Assembly.GRCH38, "1", 24, "A", "G"), models, known)
    assert [(t.transcript, t.hgvs_c) for t in told] == [("T1.2", "c.7+4A>G"), ("T2.2", "c.11A>G"), ("T6.1", "n.14A>G")]
    assert told[0].consequence == "splice_region_variant&intron_variant"
    assert on_transcripts(Allele(Assembly.GRCH38, "1", 24, "C", "G"), models, known) is None
    with pytest.raises(WrongBuild):
        on_transcripts(Allele(Assembly.GRCH37, "1", 24, "A", "G"), models, known)


def test_one_substitution_is_told_as_a_hundred_thousand_are(tmp_path):
    text, models = peer.genome(3, 12)
    known, rng = reference(tmp_path, {"1": text}), random.Random(4)
    places = [p for m in models for p in range(m.exons[0][0], m.exons[-1][1] + 1)]
    rows = [("1", p, text[p - 1], rng.choice("ACGT".replace(text[p - 1], ""))) for p in rng.sample(places, 1500)]
    layout = laid_out(models, [0] * len(models), Assembly.GRCH38)
    frame = effects_on(layout, alleles(*rows), known)
    plan_of = {plan.model.gene: plan for plan in layout.plans}
    for row, many in zip(rows, frame.itertuples(), strict=True):
        (one,) = on_transcripts(Allele(Assembly.GRCH38, *row), models, known)
        assert (one.consequence, one.hgvs_c, one.hgvs_p) == (many.consequence, many.hgvs_c, many.hgvs_p)
        assert edit_effect(plan_of[many.gene], edit_of(*row), known).consequence == many.consequence


@pytest.mark.parametrize(
    "text", ["", "hello\n", HEAD, HEAD + "1\tx\tgene\t1\n", HEAD + BOTH.replace("Parent=gene:G;", "")]
)
def test_a_file_of_another_form_is_refused(tmp_path, text):
    with pytest.raises(UnreadableFile, match="gff3"):
        read(tmp_path, text)


def test_a_file_of_another_build_is_refused(tmp_path):
    with pytest.raises(WrongBuild, match="GRCh37"):
        read(tmp_path, HEAD + BOTH, Assembly.GRCH37)


def test_one_genes_transcripts_are_read_from_the_installed_table(tmp_path, monkeypatch):
    path = tmp_path / "Homo_sapiens.GRCh38.115.gff3.gz"
    path.write_bytes(gzip.compress((HEAD + BOTH).encode()))
    gene_models.build(Assembly.GRCH38)([path], tmp_path, lambda *_: None)

    class Installed:
        def file(self, name):
            return tmp_path / name

    class Library:
        def current(self, source, assembly):
            return Installed() if assembly is Assembly.GRCH38 else None

    assert len(gene_models.transcripts_of(Library(), Assembly.GRCH38, "TOY")) == 3
    assert gene_models.transcripts_of(Library(), Assembly.GRCH38, "SCN1A") == ()
    assert gene_models.transcripts_of(Library(), Assembly.GRCH37, "TOY") is None


def test_the_release_is_told_by_the_files_name(tmp_path):
    release = gene_models.release_of([tmp_path / "Homo_sapiens.GRCh37.87.chr.gff3.gz"])
    assert (release.version, release.released_on) == ("87", "2016-12-08")
    with pytest.raises(UnreadableFile, match="keep the name"):
        gene_models.release_of([tmp_path / "genes.gff3.gz"])
