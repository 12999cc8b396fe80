"""A stored case is worked up again with a newer ClinVar, by the decisions about it, and told apart from before."""

from dataclasses import replace

import pytest

from models.case import Finding, Severity, Term
from models.case.store import CaseStore
from models.knowledge import load_knowledge
from models.ranking import load_scorer
from models.reanalysis import reanalyse, worked_up_today
from models.reanalysis.changes import Kind
from models.reanalysis.kept import WAITS
from models.review import DecisionLog, EventKind
from tests.knowledge.annotate.releases import a_clinvar, a_library
from tests.reanalysis.cases import AT, a_kept_case, first_records, later_records


@pytest.fixture
def library(tmp_path):
    return a_library(tmp_path)


@pytest.fixture
def store(tmp_path):
    return CaseStore(tmp_path / "home")


@pytest.fixture
def log(tmp_path):
    return DecisionLog(tmp_path / "home" / "decisions.db")


@pytest.fixture(scope="module")
def scorer():
    return load_scorer()


@pytest.fixture(scope="module")
def shipped():
    return load_knowledge()


@pytest.fixture
def again(library, store, log, scorer, shipped):
    """Work the case up with what is installed now."""

    def run(case_id):
        known = load_knowledge(library=library)
        known = replace(shipped, releases=known.releases, installed=known.installed)
        return reanalyse(store, case_id, log.events(case_id), known, scorer)

    return run


def installed_twice(library, again, case_id):
    a_clinvar(library, "2026-11-10", *first_records())
    first = again(case_id)
    assert (first.changes, first.not_compared) == (None, "")
    a_clinvar(library, "2026-12-08", *later_records())
    return again(case_id)


def test_each_variant_whose_record_changed_is_told_with_from_and_to(library, store, again):
    changes = installed_twice(library, again, a_kept_case(store).id).changes
    assert changes and changes.cause == "ClinVar 2026-11-10 → 2026-12-08"
    told = {v.sentence.split()[0]: v for v in changes.variants}
    assert set(told) == {"SCN1A", "KCNQ2", "SCN5A"}
    assert "uncertain significance (1 star) → likely pathogenic (2 stars)" in told["SCN1A"].sentence
    assert "likely pathogenic (1 star) → conflicting classifications (1 star)" in told["KCNQ2"].sentence
    assert "pathogenic (1 star) → no record" in told["SCN5A"].sentence
    assert told["SCN1A"].kinds[0] is Kind.NEW_PATHOGENIC
    assert told["KCNQ2"].kinds[0] is told["SCN5A"].kinds[0] is Kind.NO_LONGER_PATHOGENIC


def test_the_same_release_again_changes_nothing(library, store, again):
    case_id = a_kept_case(store).id
    a_clinvar(library, "2026-11-10", *first_records())
    again(case_id)
    assert again(case_id).changes is None


def test_a_newer_ontology_that_moves_nothing_is_named_without_a_change(store, log, shipped, scorer):
    case_id = a_kept_case(store).id
    reanalyse(store, case_id, (), shipped, scorer)
    newer = tuple(replace(r, version="2099-01-01") if r.key == "hpo" else r for r in shipped.releases)
    changes = reanalyse(store, case_id, (), replace(shipped, releases=newer), scorer).changes
    assert changes and changes.variants == ()
    assert changes.cause.startswith("Human Phenotype Ontology") and changes.cause.endswith("→ 2099-01-01")
    assert changes.line == "no change in what the list says"


def test_changes_stay_until_somebody_marks_them_as_read(library, store, log, again):
    case_id = a_kept_case(store).id
    key = installed_twice(library, again, case_id).changes.key
    assert again(case_id).changes is not None
    log.append(case_id, EventKind.CHANGES_SEEN, {"snapshot": key, "releases": []}, who="Dr A", at=AT)
    assert again(case_id).changes is None
    a_clinvar(library, "2027-01-05", *first_records())
    later = again(case_id).changes
    assert later and later.cause == "ClinVar 2026-12-08 → 2027-01-05"


def test_features_that_a_person_added_count_and_are_said(library, store, log, again):
    case_id = a_kept_case(store).id
    a_clinvar(library, "2026-11-10", *first_records())
    again(case_id)
    payload = {"id": "HP:0001251", "label": "Ataxia", "excluded": False, "origin": "typed"}
    log.append(case_id, EventKind.TERM_SET, payload, who="Dr A", at=AT)
    a_clinvar(library, "2026-12-08", *later_records())
    changes = again(case_id).changes
    assert changes and changes.cause.endswith("features or files edited since")


def test_a_case_whose_check_waits_is_not_compared_and_says_so(library, store, again):
    waiting = Finding("wrong-sex", Severity.BLOCKING, "The patient looks male.")
    case_id = a_kept_case(store, findings=(waiting,)).id
    a_clinvar(library, "2026-11-10", *first_records())
    assert again(case_id).not_compared == WAITS
    assert not (store.folder(case_id) / "worked_up").exists()


def test_a_check_that_somebody_overrode_no_longer_waits(library, store, log, again):
    waiting = Finding("wrong-sex", Severity.BLOCKING, "The patient looks male.")
    case_id = a_kept_case(store, findings=(waiting,)).id
    payload = {"code": "wrong-sex", "finding": waiting.key, "found": waiting.sentence, "reason": "Turner syndrome"}
    log.append(case_id, EventKind.CHECK_OVERRIDDEN, payload, who="Dr A", at=AT)
    assert installed_twice(library, again, case_id).changes is not None


def test_the_work_up_of_today_is_the_one_the_screens_show(library, store, log, shipped, scorer):
    summary = a_kept_case(store)
    payload = {"id": "HP:0001251", "label": "Ataxia", "excluded": True, "origin": "typed"}
    log.append(summary.id, EventKind.TERM_SET, payload, who="Dr A", at=AT)
    workup = worked_up_today(store.open(summary.id), log.events(summary.id), shipped, scorer)
    assert Term("HP:0001251", "Ataxia", excluded=True, origin="typed") in workup.case.phenotype.terms
    assert workup.releases == shipped.releases


def test_the_releases_of_another_build_are_not_those_of_the_case(library, store, shipped, scorer):
    from models.case import Assembly

    a_clinvar(library, "2026-11-10", *first_records())
    a_clinvar(library, "2026-11-03", *first_records(), assembly=Assembly.GRCH37)
    known = load_knowledge(library=library)
    workup = worked_up_today(store.open(a_kept_case(store).id), (), known, scorer)
    told = [(r.name, r.version, r.assembly) for r in workup.releases if r.key == "clinvar"]
    assert told == [("ClinVar", "2026-11-10", "GRCh38")]
