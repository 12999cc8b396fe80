"""HGVS names as tables and files write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.evidence.acmg.coding_name import coding_change, coding_part, protein_part, transcript_of
from models.evidence.acmg.protein_name import ProteinKind, protein_change


@pytest.mark.parametrize(
    ("name", "kind", "ref", "first", "last", "alt", "new_stop"),
    [
        ("p.Arg946Cys", "missense", "Arg", 946, 946, "Cys", 0),
        ("p.(Gln300Ter)", "nonsense", "Gln", 300, 300, "Ter", 0),
        ("p.Trp187*", "nonsense", "Trp", 187, 187, "Ter", 0),
        ("p.R175H", "missense", "Arg", 175, 175, "His", 0),
        ("p.Asp1046fs", "frameshift", "Asp", 1046, 1046, "", 0),
        ("p.Asp1046ValfsTer12", "frameshift", "Asp", 1046, 1046, "Val", 12),
        ("p.Gly12Valfs*2", "frameshift", "Gly", 12, 12, "Val", 2),
        ("p.Met1?", "start loss", "Met", 1, 1, "", 0),
        ("p.Met1Val", "start loss", "Met", 1, 1, "Val", 0),
        ("p.Gly309=", "synonymous", "Gly", 309, 309, "Gly", 0),
        ("p.Pro400_Pro405del", "in-frame", "Pro", 400, 405, "", 0),
        ("p.Ala22_Lys24[3]", "in-frame", "Ala", 22, 24, "", 0),
        ("p.Lys2_Met3insTer", "nonsense", "Lys", 2, 3, "Ter", 0),
        ("p.Ter110GlnextTer17", "stop loss", "Ter", 110, 110, "", 0),
        ("p.?", "unclear", "", 0, 0, "", 0),
        ("", "unclear", "", 0, 0, "", 0),
    ],
)
def test_a_protein_name_is_taken_apart(name, kind, ref, first, last, alt, new_stop):
    found = protein_change(name)
    assert (found.kind.value, found.ref, found.first, found.last, found.alt, found.new_stop) == (
        kind, ref, first, last, alt, new_stop,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "first", "last", "net", "is_insertion"),
    [
        ("c.434A>T", (434, 0), (434, 0), 0, False),
        ("c.1066-6T>G", (1066, -6), (1066, -6), 0, False),
        ("c.806delT", (806, 0), (806, 0), -1, False),
        ("c.797_798del", (797, 0), (798, 0), -2, False),
        ("c.40dupA", (40, 0), (40, 0), 1, True),
        ("c.723_729dup", (729, 0), (729, 0), 7, True),
        ("c.1193_1194insGCA", (1193, 0), (1194, 0), 3, True),
        ("c.835_836delinsTG", (835, 0), (836, 0), 0, False),
        ("c.168_168+1delGGinsAA", (168, 0), (168, 1), 0, False),
        ("c.-764G>A", (-763, 0), (-763, 0), 0, False),
        ("c.*2193del", (2193, 0), (2193, 0), -1, False),
        ("g.44145606del", (44145606, 0), (44145606, 0), -1, False),
    ],
)
def test_a_coding_name_is_taken_apart(name, first, last, net, is_insertion):
    found = coding_change(name)
    assert (found.first.number, found.first.offset) == first and (found.last.number, found.last.offset) == last
    assert (found.net_bases, found.is_insertion) == (net, is_insertion)


@pytest.mark.parametrize("name", ["c.191-?_940+?del", "c.(?_-187)_(190+1_191-1)del", "", "c.?", "m.3635G>A"])
def test_a_name_with_uncertain_ends_is_not_read(name):
    assert coding_change(name) is None


def test_the_full_name_of_a_variant_has_three_parts():
    name = "NM_000277.2(PAH):c.806delT (p.Ile269Thrfs)"
    assert (transcript_of(name), coding_part(name), protein_part(name)) == ("NM_000277.2", "c.806delT", "p.Ile269Thrfs")
    assert (transcript_of("m.3635G>A"), coding_part("m.3635G>A"), protein_part("m.3635G>A")) == ("", "", "")


@given(st.text(max_size=40))
def test_no_text_breaks_the_readers_of_names(text):
    assert isinstance(protein_change(text).kind, ProteinKind)
    coding_change(text)
    transcript_of(text)
