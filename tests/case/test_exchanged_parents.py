"""A correction of who is who makes another case, with the files untouched."""

from models.case import Finding, Severity
from tests.builders import a_case, a_trio, a_variant

BECAUSE = Finding("parents-exchanged", Severity.WARNING, "Exchanged by Dr A.")


def test_exchanged_parents_hold_each_others_sample_and_stay_who_they_are() -> None:
    before, after = a_trio(), a_trio().with_parents_exchanged()
    assert after.mother and after.father and before.mother and before.father
    assert (after.mother.sample, after.father.sample) == (before.father.sample, before.mother.sample)
    assert (after.mother.id, after.mother.sex) == (before.mother.id, before.mother.sex)
    assert after.proband == before.proband


def test_what_was_kept_for_the_case_as_delivered_is_never_shown_for_the_corrected_one() -> None:
    case = a_case(a_variant("chr2", 100, "A", "C"))
    corrected = case.with_parents_exchanged(BECAUSE)
    assert corrected.sha256 != case.sha256
    assert corrected.id == case.id
    assert BECAUSE in corrected.findings
    assert corrected.sha256 != case.with_parents_exchanged(Finding("x", Severity.WARNING, "By Dr B.")).sha256
