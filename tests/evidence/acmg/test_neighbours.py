"""ClinVar's other variants at the same residue: looked up in what is installed, never the variant itself."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from models.case import Absent, Allele, Assembly, Found, NotAssessed, Verdict
from models.evidence.acmg import neighbours
from models.evidence.acmg.from_record import place_by_name
from models.evidence.acmg.neighbours import neighbours_of
from models.evidence.acmg.place import place_of
from models.evidence.acmg.pm5 import CRITERION as PM5
from models.evidence.acmg.ps1 import CRITERION as PS1
from models.knowledge.library.installed import Installed, Library
from models.knowledge.types import Release
from tests.evidence.acmg.build import UNKNOWN_EFFECT, a_missense
from tests.knowledge.effects.toy import Sequence, transcript
from tests.knowledge.golden_library import B38, clinvar, install, packed

# A gene of one exon that codes Met-Arg-Gly-stop: ATG CGT GGA TAA at 1001 to 1012 of chromosome 1.
TOY = transcript("+", exons=((1001, 1012), (1101, 1130)), cds=(1001, 1012))
REFERENCE = Sequence("ATGCGTGGATAAGTAA", "1", 1001)
CGT_TO_CAT = Allele(Assembly.GRCH38, "1", 1005, "G", "A")  # p.Arg2His


def a_record(pos, ref, alt, significance, status="criteria_provided,_single_submitter"):
    return f"1\t{pos}\t{pos}\t{ref}\t{alt}\t.\t.\tALLELEID=1;CLNREVSTAT={status};CLNSIG={significance}"


RECORDS = (
    a_record(1004, "C", "A", "Pathogenic"),  # p.Arg2Ser
    a_record(1004, "C", "T", "Conflicting_classifications_of_pathogenicity"),  # p.Arg2Cys
    a_record(1005, "G", "A", "Pathogenic", "reviewed_by_expert_panel"),  # the variant itself
    a_record(1005, "G", "T", "Likely_pathogenic"),  # p.Arg2Leu
    a_record(1007, "G", "A", "Pathogenic"),  # the next residue
    a_record(1013, "G", "C", "Pathogenic"),  # the donor
)


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> tuple[Installed, ...]:
    place = tmp_path_factory.mktemp("library")
    library = Library(place / "library")
    install(library, "clinvar", B38, packed(place, "clinvar.vcf.gz", clinvar(RECORDS)))
    release = Release("reference", "toy reference", "1", "2026-01-01", "none", "", "")
    reference = Installed("reference", B38, release, Path("toy"), {}, datetime.now(UTC).isoformat(), 0)
    return (*library.in_use(), reference)


@pytest.fixture(autouse=True)
def _toy_reference(monkeypatch):
    monkeypatch.setattr(neighbours, "reference_of", lambda _: REFERENCE)


def the_variant(allele=CGT_TO_CAT, name="p.Arg2His"):
    place = Found(place_of(TOY, allele.pos_1based, allele.ref, allele.alt))
    facts = a_missense(allele=allele, place=place)
    return replace(facts, protein=Found(replace(facts.protein.value, first=2, last=2, text=name)))


def test_every_classified_change_of_the_codon_is_a_neighbour_but_the_variant_itself(installed):
    found = neighbours_of(the_variant(), TOY, installed)
    assert isinstance(found, Found) and found.source == "ClinVar 2026-11-10"
    assert {(n.name, n.clinvar_class, n.stars) for n in found.value} == {
        ("p.Arg2Ser", "P", 1), ("p.Arg2Cys", "CONFLICTING", 1), ("p.Arg2Leu", "LP", 1),
    }  # fmt: skip


def test_a_conflict_is_never_a_pathogenic_neighbour(installed):
    said = PM5(the_variant().beside(neighbours_of(the_variant(), TOY, installed)))
    assert said.verdict is Verdict.MET and "Arg2Cys" not in said.reason


def test_the_variants_own_record_never_meets_ps1(installed):
    assert PS1(the_variant().beside(neighbours_of(the_variant(), TOY, installed))).verdict is Verdict.NOT_MET


def test_the_same_splice_site_has_neighbours_of_its_own(installed):
    donor = Allele(Assembly.GRCH38, "1", 1014, "T", "G")
    facts = replace(UNKNOWN_EFFECT, allele=donor, place=Found(place_of(TOY, 1014, "T", "G")))
    found = neighbours_of(facts, TOY, installed).value
    assert [(n.name, n.splice_site) for n in found] == [("chr1-1013-G-C", True)]


def test_without_clinvar_or_the_reference_it_was_not_looked_up(installed):
    for some in ((), installed[:1], installed[1:]):
        assert isinstance(neighbours_of(the_variant(), TOY, some), NotAssessed)


def test_another_assembly_is_never_answered_by_this_one(installed):
    on_37 = replace(the_variant(), assembly=Assembly.GRCH37)
    assert isinstance(neighbours_of(on_37, TOY, installed), NotAssessed)


def test_a_variant_in_an_intron_has_no_neighbours(installed):
    deep = replace(UNKNOWN_EFFECT, place=place_by_name("c.12+40A>G", TOY))
    assert isinstance(neighbours_of(deep, TOY, installed), Absent)
