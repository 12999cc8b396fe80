"""The secret number of days: random, kept with the case, the same for every case of one patient, never guessable."""

import stat
from pathlib import Path

import pytest

from models.case import Known, Sort, Whose
from models.case.known import write_known
from models.errors import IntegrityError
from models.privacy.secret import LEAST_DAYS, MOST_DAYS, SECRET_FILE, secret_of

ANNA = (Known(Sort.NAME, Whose.PATIENT, "Anna Müller"), Known(Sort.DATE, Whose.PATIENT, "2019-03-12"))


def a_case(root: Path, name: str, *known: Known) -> Path:
    folder = root / name
    folder.mkdir(parents=True)
    write_known(folder, known)
    return folder


def test_a_case_keeps_its_secret_for_its_owner_alone_and_moves_alike_for_ever(tmp_path: Path) -> None:
    folder = a_case(tmp_path, "c-1", *ANNA)
    secret = secret_of(folder)
    assert LEAST_DAYS <= secret.days_back <= MOST_DAYS
    assert secret_of(folder) == secret
    assert stat.S_IMODE((folder / SECRET_FILE).stat().st_mode) == 0o600
    assert [p.name for p in folder.iterdir() if p.name.startswith(".")] == []


def test_two_cases_of_one_patient_move_alike(tmp_path: Path) -> None:
    by_name = a_case(tmp_path, "c-1", *ANNA), a_case(tmp_path, "c-2", *ANNA)
    assert secret_of(by_name[0]) == secret_of(by_name[1])
    number = Known(Sort.NUMBER, Whose.PATIENT, "MRN-004711")
    by_number = a_case(tmp_path, "c-3", number), a_case(tmp_path, "c-4", number, ANNA[0])
    assert secret_of(by_number[0]) == secret_of(by_number[1])


def test_a_name_alone_makes_no_two_patients_one(tmp_path: Path) -> None:
    codes = {secret_of(a_case(tmp_path, f"c-{n}", ANNA[0])).code for n in range(3)}
    assert len(codes) == 3


@pytest.mark.parametrize(
    "other",
    [
        (ANNA[0], Known(Sort.DATE, Whose.PATIENT, "2019-03-13")),
        (Known(Sort.NAME, Whose.PATIENT, "Berta Müller"), ANNA[1]),
        (Known(Sort.NUMBER, Whose.PATIENT, "MRN-004711"),),
        (Known(Sort.NAME, Whose.RELATIVE, "Anna Müller"), Known(Sort.NUMBER, Whose.PATIENT, "MRN-004712")),
    ],
    ids=["born a day later", "of another name", "known by a number", "whose mother has the name"],
)
def test_another_patient_moves_by_another_number_under_another_code(tmp_path: Path, other: tuple[Known, ...]) -> None:
    first = secret_of(a_case(tmp_path, "c-1", *ANNA))
    assert secret_of(a_case(tmp_path, "c-2", *other)).code != first.code


def test_the_number_of_days_does_not_follow_from_the_case(tmp_path: Path) -> None:
    found = {secret_of(a_case(tmp_path / str(n), "c-0123456789abcdef", *ANNA)) for n in range(40)}
    assert len({s.days_back for s in found}) > 20


@pytest.mark.parametrize(
    ("days", "is_read"),
    [(LEAST_DAYS - 1, False), (LEAST_DAYS, True), (MOST_DAYS, True), (MOST_DAYS + 1, False)],
)
def test_a_number_out_of_range_is_refused_and_not_made_anew(tmp_path: Path, days: int, is_read: bool) -> None:
    folder = a_case(tmp_path, "c-1")
    (folder / SECRET_FILE).write_text(f'{{"days_back": {days}, "code": "P-1"}}')
    if is_read:
        assert secret_of(folder).days_back == days
    else:
        with pytest.raises(IntegrityError, match="from a backup"):
            secret_of(folder)


def test_a_secret_is_kept_where_files_cannot_be_linked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refused)
    folder = a_case(tmp_path, "c-1")
    assert secret_of(folder) == secret_of(folder)


def test_a_folder_that_cannot_be_written_is_said_and_nothing_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.link", full)
    folder = a_case(tmp_path, "c-1")
    with pytest.raises(IntegrityError, match="No space left on device"):
        secret_of(folder)
    assert not (folder / SECRET_FILE).exists()


def test_a_damaged_secret_is_refused_so_that_dates_never_move_otherwise(tmp_path: Path) -> None:
    folder = a_case(tmp_path, "c-1")
    (folder / SECRET_FILE).write_text("[")
    with pytest.raises(IntegrityError, match="from a backup"):
        secret_of(folder)
