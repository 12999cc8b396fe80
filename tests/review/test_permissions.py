"""T14: who may do what is one table, and whatever it does not say is refused."""

import pytest

from models.review import EventKind
from models.review.permissions import GRANTS, Permission, Role, needed_for, permissions_of

CLINICAL = {
    Permission.CREATE_CASE,
    Permission.EDIT_PHENOTYPE,
    Permission.OVERRIDE_FINDING,
    Permission.DECIDE,
    Permission.EXPORT,
    Permission.SIGN_REPORT,
}


def test_a_person_without_a_role_may_do_nothing():
    assert permissions_of(()) == frozenset()


def test_every_role_stands_in_the_table_and_every_permission_is_held_by_some_role():
    assert set(GRANTS) == set(Role)
    assert permissions_of(Role) == frozenset(Permission)


def test_a_reader_changes_nothing():
    assert not GRANTS[Role.READER] & (CLINICAL | {Permission.MANAGE_KNOWLEDGE, Permission.SEE_PEOPLE})


def test_a_reviewer_decides_and_only_a_signer_signs():
    assert GRANTS[Role.REVIEWER] >= CLINICAL - {Permission.SIGN_REPORT}
    assert [role for role in Role if Permission.SIGN_REPORT in GRANTS[role]] == [Role.SIGNER]
    assert GRANTS[Role.READER] < GRANTS[Role.REVIEWER] < GRANTS[Role.SIGNER]


def test_an_administrator_decides_about_no_patient_and_breaks_no_glass():
    assert not GRANTS[Role.ADMIN] & (CLINICAL | {Permission.BREAK_GLASS})
    assert [role for role in Role if Permission.MANAGE_KNOWLEDGE in GRANTS[role]] == [Role.ADMIN]


@pytest.mark.parametrize("kind", EventKind)
def test_no_decision_is_kept_of_somebody_who_may_only_look(kind):
    needed = needed_for(kind)
    assert needed not in {Permission.VIEW_CASE, Permission.VIEW_SYSTEM}
    if needed not in {Permission.LEARN, Permission.BREAK_GLASS}:
        assert needed not in GRANTS[Role.READER]


def test_two_roles_of_one_person_add_up():
    both = permissions_of([Role.SIGNER, Role.ADMIN])
    assert both == GRANTS[Role.SIGNER] | GRANTS[Role.ADMIN]
