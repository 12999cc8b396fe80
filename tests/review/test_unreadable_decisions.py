"""A decision that does not hold what its kind says is told in a sentence by everything that reads a part of it."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from models.errors import IntegrityError
from models.review import DecisionLog, EventKind
from models.review.beyond_reach import beyond_reach
from models.review.deletable import House, standing_of
from models.review.retention import retentions
from models.review.rights import emergency_openings, opened_for

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def reading(ask):
    """What asks over a connection, asked of the log's database."""

    def asked(database):
        with database.reading() as connection:
            return ask(connection)

    return asked


@pytest.mark.parametrize(
    ("kind", "ask"),
    [
        pytest.param(EventKind.OPENED_IN_EMERGENCY, lambda d: opened_for(d, "c-1", "u-1", AT), id="who has a case"),
        pytest.param(EventKind.OPENED_IN_EMERGENCY, emergency_openings, id="emergencies"),
        pytest.param(EventKind.STATUS_SET, reading(lambda c: retentions(c, 10)), id="retention"),
        pytest.param(EventKind.DELETION_ASKED, reading(lambda c: standing_of(c, "c-1", House())), id="asked deletion"),
        pytest.param(EventKind.EXPORTED, reading(lambda c: tuple(beyond_reach(c, "c-1", Path()))), id="copies"),
    ],
)
def test_a_decision_without_its_words_is_a_sentence_and_never_a_stack_trace(tmp_path, kind, ask):
    with closing(DecisionLog(tmp_path / "decisions.db")) as log:
        log.append("c-1", kind, {}, who="Dr A", at=AT, account="u-1")
        with pytest.raises(IntegrityError, match=r"cannot be read\. Run `python cli\.py verify`"):
            ask(log.database)
