"""Positions on a transcript as HGVS counts them."""

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.knowledge.effects.genetic_code import on_strand
from models.knowledge.effects.spliced import spliced
from tests.knowledge.effects.toy import mane, transcript
from tests.shared_data import shared

FORWARD = transcript()  # introns of 10 and 15 bases; coding 14..20, 31..45, 61..70
REVERSE = transcript("-")


def name(model, pos):
    layout = spliced(model)
    return layout.name(layout.place(pos))


@pytest.mark.parametrize(
    ("pos", "forward", "reverse"),
    [
        (14, "1", "32"),
        (13, "-1", "*1"),
        (11, "-3", "*3"),
        (20, "7", "26"),
        (21, "7+1", "26-1"),
        (25, "7+5", "26-5"),
        (26, "8-5", "25+5"),
        (30, "8-1", "25+1"),
        (31, "8", "25"),
        (52, "22+7", "11-7"),
        (54, "23-7", "10+7"),
        (70, "32", "1"),
        (71, "*1", "-1"),
        (90, "*20", "-20"),
    ],
)
def test_a_position_is_named_on_either_strand(pos, forward, reverse):
    assert name(FORWARD, pos) == forward
    assert name(REVERSE, pos) == reverse


def test_the_middle_base_of_an_odd_intron_is_counted_from_the_exon_upstream():
    assert name(FORWARD, 53) == "22+8"
    assert name(REVERSE, 53) == "10+8"


@given(st.integers(0, 54), st.sampled_from([FORWARD, REVERSE]))
def test_a_spliced_position_and_its_base_name_each_other(at, model):
    layout = spliced(model)
    place = layout.place(layout.genomic(at))
    assert (place.anchor, place.into_intron) == (at, 0)


def test_a_base_outside_of_the_transcript_has_no_place():
    assert spliced(FORWARD).place(10) is None
    assert spliced(FORWARD).place(91) is None
    with pytest.raises(ValueError, match=r"NM_1\.1"):
        spliced(FORWARD).genomic(55)


def test_a_transcript_that_codes_nothing_is_counted_from_its_first_base():
    rna = transcript(cds=(0, 0))
    assert name(rna, 11) == "1"
    assert name(rna, 32) == "12"


EREPO_SNV = re.compile(r"(NM_\d+)(\.\d+)\(([^)]+)\):c\.(\S+?[ACGT]>[ACGT])(?: |$)")


def expert_panel_names():
    """(variation, same version as MANE, name we give or None outside) of each substitution on a MANE transcript."""
    table = pd.read_csv(shared("gene/acmg/clingen_erepo.tsv.gz"), sep="\t", dtype=str).fillna("")
    for row in table.itertuples():
        told = EREPO_SNV.match(row.variation)
        model = mane().model(told[3]) if told and row.pos38 else None
        if model is None or model.refseq.split(".")[0] != told[1]:
            continue
        layout = spliced(model)
        place = layout.place(int(row.pos38))
        change = f"{on_strand(row.ref38, model.strand)}>{on_strand(row.alt38, model.strand)}"
        yield told, model.refseq == told[1] + told[2], place and layout.name(place) + change


def test_every_expert_panel_substitution_is_named_as_the_panel_names_it():
    """The exceptions: promoter names that count on beyond the transcript, which HGVS does not define; and
    PTEN's 5' UTR, where older versions of NM_000314 have one base more or less than the genome."""
    rows = list(expert_panel_names())
    same = [r for r in rows if r[1] and r[2]]
    assert len(same) > 1700
    assert [told[0] for told, _, ours in same if ours != told[4]] == []
    older = [(told[3], told[4], ours) for told, is_same, ours in rows if not is_same and ours]
    assert len(older) > 1100
    assert {gene for gene, panel, ours in older if ours != panel} == {"PTEN"}
    assert all(panel.startswith("-7") or panel.startswith("-8") for _, panel, ours in older if ours != panel)
    outside = [told[4] for told, _, ours in rows if ours is None]
    assert len(outside) < 30
    assert all(panel.startswith("-") for panel in outside)


EREPO_INDEL = re.compile(r"(NM_\d+\.\d+)\(([^)]+)\):c\.([\d*+_-]+)(del|dup|delins|ins)[ACGT]*(?: |$)")
GENOMIC_INDEL = re.compile(r"NC_\d+\.\d+:g\.(\d+)(?:_(\d+))?(delins|del|dup|ins)[ACGT]*$")


def test_expert_panel_deletions_and_duplications_on_the_forward_strand_lie_where_the_panel_says():
    """There the 3' end of the transcript is that of the genome, so that no sequence is needed."""
    table = pd.read_csv(shared("gene/acmg/clingen_erepo.tsv.gz"), sep="\t", dtype=str).fillna("")
    compared = 0
    for row in table.itertuples():
        told, at = EREPO_INDEL.match(row.variation), GENOMIC_INDEL.match(row.hgvs_g_grch38)
        model = mane().model(told[2]) if told and at and told[4] == at[3] else None
        if model is None or model.refseq != told[1] or model.strand == "-":
            continue
        names = [name(model, int(end)) for end in (at[1], at[2] or at[1])]
        assert "_".join(dict.fromkeys(names)) == told[3]
        compared += 1
    assert compared > 100
