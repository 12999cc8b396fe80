"""Cases kept on this machine: whole or not at all, opened as they were read."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from models.case import ClinicalRecord, LabValue, Medication, ReadsFile, ReferenceSlices
from models.case.store import CaseStore, new_case_id
from models.case.table_file import write_table
from models.errors import IntegrityError
from tests.builders import a_case, a_variant

AT = datetime(2026, 1, 2, tzinfo=UTC)
RECORD = ClinicalRecord(
    labs=(LabValue("CRP", "2024-03", None, text="negative"), LabValue("NH3", "2024-03-01", 78.0, "µmol/L", high=50.0)),
    medications=(Medication("valproate", is_current=None),),
)


@pytest.fixture
def store(tmp_path):
    return CaseStore(tmp_path)


def kept(store, **more):
    draft = store.new_draft()
    (draft / "files").mkdir()
    bam, bai, fasta = (draft / "files" / n for n in ("reads-0.bam", "reads-0.bam.bai", "reference.fa"))
    for path in (bam, bai, fasta):
        path.write_bytes(b"content")
    case = a_case(a_variant("chr2", 5, "A", "T", proband="0/1", gene="SCN1A"), terms=["HP:0001250"], record=RECORD)
    case = replace(
        case,
        id=new_case_id(),
        reads=(ReadsFile("proband", bam, bai),),
        reference=ReferenceSlices(fasta, is_synthetic=True),
        **more,
    )
    write_table(case.variants, draft / "variants.arrow")
    return case, store.keep(draft, case, AT, "dravet-trio")


def test_a_case_opens_as_it_was_read(store):
    case, summary = kept(store)
    opened = store.open(summary.id)
    assert (opened.patient, opened.pedigree, opened.phenotype) == (case.patient, case.pedigree, case.phenotype)
    assert opened.record == RECORD
    assert opened.variants.frame["gene"].tolist() == ["SCN1A"]
    np.testing.assert_array_equal(opened.variants.genotypes.alt_copies, case.variants.genotypes.alt_copies)


def test_reads_and_reference_are_found_where_the_case_now_lives(store):
    _, summary = kept(store)
    opened = store.open(summary.id)
    assert opened.reads[0].bam.read_bytes() == b"content"
    assert opened.reference.fasta.read_bytes() == b"content"
    assert opened.reference.is_synthetic


def test_a_store_that_moved_still_opens_its_cases(store, tmp_path):
    _, summary = kept(store)
    shutil.move(tmp_path / "cases", tmp_path / "elsewhere" / "cases")
    assert CaseStore(tmp_path / "elsewhere").open(summary.id).reads[0].bam.exists()


def test_the_worklist_knows_each_case_without_opening_it(store):
    _, summary = kept(store)
    assert store.summaries() == (summary,)
    assert (summary.variants, summary.samples, summary.terms) == (1, 3, ("HP:0001250",))


def test_the_same_files_are_known_again(store):
    case, summary = kept(store)
    assert store.by_sha256(case.sha256, case.reader_version) == summary
    assert store.by_sha256("f" * 64, case.reader_version) is None


def test_the_same_files_read_by_an_earlier_reader_are_read_again(store, tmp_path):
    case, summary = kept(store, reader_version=2)
    assert store.open(summary.id).reader_version == 2
    assert store.by_sha256(case.sha256, 3) is None
    path = tmp_path / "cases" / summary.id / "case.json"
    document = json.loads(path.read_text())
    del document["summary"]["reader_version"]  # as kept before it was written down
    path.write_text(json.dumps(document))
    assert store.by_sha256(case.sha256, 2) is None
    assert store.open(summary.id).reader_version == 0


def test_a_draft_never_shows_on_the_worklist(store):
    store.new_draft()
    assert store.summaries() == ()


@pytest.mark.parametrize("case_id", ["", "..", "../..", "c-1/../c-2", "c-\u0663", "nothing"])
def test_a_forged_case_id_opens_nothing(store, case_id):
    kept(store)
    assert not store.has(case_id)
    with pytest.raises(IntegrityError, match="not on this machine"):
        store.open(case_id)


def test_a_damaged_case_is_said_in_a_sentence(store, tmp_path):
    _, summary = kept(store)
    (tmp_path / "cases" / summary.id / "case.json").write_text("{")
    with pytest.raises(IntegrityError, match="cannot be read"):
        store.open(summary.id)


@pytest.mark.parametrize("content", ["[]", '{"version": 1}', '{"version": 1, "summary": {"id": 5}, "case": []}'])
def test_a_case_that_is_json_but_no_case_does_not_hide_the_others(store, tmp_path, content):
    _, whole = kept(store)
    _, broken = kept(store)
    (tmp_path / "cases" / broken.id / "case.json").write_text(content)
    assert (store.summaries(), store.damaged()) == ((whole,), (broken.id,))
    with pytest.raises(IntegrityError, match="damaged"):
        store.open(broken.id)


def test_a_case_of_another_version_is_not_guessed_at(store, tmp_path):
    _, summary = kept(store)
    path = tmp_path / "cases" / summary.id / "case.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"version": 999}))
    with pytest.raises(IntegrityError, match="another version"):
        store.open(summary.id)


def test_ids_are_opaque_and_never_repeat():
    ids = {new_case_id() for _ in range(1000)}
    assert len(ids) == 1000
