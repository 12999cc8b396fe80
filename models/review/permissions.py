"""Who may do what: roles, what each may do, and what each decision asks for. Pure; whatever is not said is refused."""

from collections.abc import Iterable, Mapping
from enum import Enum
from types import MappingProxyType

from models.review.events import EventKind


class Permission(str, Enum):
    """What a page or a command asks for; the value ends the sentence "Your role does not allow you to ..."."""

    VIEW_CASE = "view cases"
    CREATE_CASE = "start a case"
    EDIT_PHENOTYPE = "edit the phenotype"
    OVERRIDE_FINDING = "override a blocking finding"
    DECIDE = "decide on variants and cases"
    EXPORT = "take data out of Caseboard"
    SIGN_REPORT = "sign a report"
    RELEASE_READING = "release the reading of somebody who will not finish it"
    DELETE_CASE = "delete a case"
    BREAK_GLASS = "open a case of others in an emergency"
    LEARN = "work through sample patients"
    VIEW_SYSTEM = "see the model and data releases"
    MANAGE_KNOWLEDGE = "install and remove knowledge"
    KEEP_BACKUPS = "verify and back up what is kept here"
    MANAGE_PEOPLE = "change who may do what"
    SEE_PEOPLE = "see who may do what and who opened a case in an emergency"


class Role(str, Enum):
    """What a person is here. A person may hold several; an administrator decides about no patient."""

    READER = "reader"
    REVIEWER = "reviewer"
    SIGNER = "signer"
    ADMIN = "admin"


_LOOKS = frozenset({Permission.VIEW_CASE, Permission.LEARN, Permission.VIEW_SYSTEM})
_READS = _LOOKS | {Permission.BREAK_GLASS}
_REVIEWS = _READS | {
    Permission.CREATE_CASE,
    Permission.EDIT_PHENOTYPE,
    Permission.OVERRIDE_FINDING,
    Permission.DECIDE,
    Permission.EXPORT,
}
_RUNS = {Permission.MANAGE_KNOWLEDGE, Permission.KEEP_BACKUPS, Permission.MANAGE_PEOPLE, Permission.SEE_PEOPLE}
GRANTS: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.READER: _READS,
        Role.REVIEWER: _REVIEWS,
        Role.SIGNER: _REVIEWS | {Permission.SIGN_REPORT, Permission.RELEASE_READING, Permission.DELETE_CASE},
        Role.ADMIN: _LOOKS | _RUNS,
    }
)

_NEEDED: Mapping[EventKind, Permission] = MappingProxyType(
    {
        EventKind.TERM_SET: Permission.EDIT_PHENOTYPE,
        EventKind.TERM_REMOVED: Permission.EDIT_PHENOTYPE,
        EventKind.SUGGESTION_REJECTED: Permission.EDIT_PHENOTYPE,
        EventKind.CHECK_OVERRIDDEN: Permission.OVERRIDE_FINDING,
        EventKind.PARENTS_EXCHANGED: Permission.OVERRIDE_FINDING,
        EventKind.REPORT_SIGNED: Permission.SIGN_REPORT,
        EventKind.READING_RELEASED: Permission.RELEASE_READING,
        EventKind.PEOPLE_CHANGED: Permission.MANAGE_PEOPLE,
        EventKind.LEARNER_COMMITTED: Permission.LEARN,
        EventKind.CASE_STARTED: Permission.CREATE_CASE,
        EventKind.OPENED_IN_EMERGENCY: Permission.BREAK_GLASS,
        EventKind.EXPORTED: Permission.EXPORT,
        EventKind.DELETION_ASKED: Permission.DELETE_CASE,
        EventKind.DELETION_BEGUN: Permission.DELETE_CASE,
        EventKind.DELETION_COMPLETED: Permission.DELETE_CASE,
    }
)


def permissions_of(roles: Iterable[Role]) -> frozenset[Permission]:
    """Everything that somebody with these roles may do; nothing without a role."""
    return frozenset().union(*(GRANTS[role] for role in roles))


def needed_for(kind: EventKind) -> Permission:
    """What a person must be allowed before a decision of this kind is kept; what is not listed needs DECIDE."""
    return _NEEDED.get(kind, Permission.DECIDE)
