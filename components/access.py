"""Who is looking, and what may they do. Every page's first statement is `require(...)`.

Without sign-in (the default) Caseboard is a single-user program on one's own machine: the viewer
is the person at this computer and may do everything. The screen says so. With sign-in (docs/people.md) a viewer is
asked anew at every question, so that a role that was taken away or a sign-in that ended counts at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import streamlit as st

from components import text
from models.errors import NotPermitted, NotYours
from models.review.permissions import Permission

if TYPE_CHECKING:
    from models.review.sign_ins import Identity
    from models.review.signing import Proof

__all__ = [
    "SINGLE_USER",
    "Permission",
    "Standing",
    "Viewer",
    "current_viewer",
    "permitted",
    "permitted_case",
    "require",
]

PLEASE = "Please sign in to continue."
SINGLE_USER_MODE = (
    "Files stay on this computer. Single-user mode: no sign-in, whoever sits here may see every case. "
    "Research and education use; not a medical device."
)
SIGNED_IN_MODE = (
    "Files stay on this server. You see the cases that were given to you and those you start. "
    "Research and education use; not a medical device."
)


@dataclass(frozen=True)
class Standing:
    """What a signed-in person may do at this moment. refusal: why nothing, "" otherwise."""

    permissions: frozenset[Permission] = frozenset()
    sees: Callable[[str], bool] = lambda _case_id: False
    refusal: str = ""


@dataclass(frozen=True)
class Viewer:
    """The person behind a session. id is opaque and goes into decisions; name is shown.

    standing: asked at each question for who is signed in; None without sign-in, where `permissions` hold.
    proof: when who is signed in last proved to the provider who they are; a signature asks for a fresh one.
    """

    id: str
    name: str
    permissions: frozenset[Permission] = field(default_factory=frozenset)
    signed_in: bool = False
    standing: Callable[[], Standing] | None = field(default=None, compare=False, repr=False)
    proof: Proof | None = field(default=None, compare=False, repr=False)

    @property
    def account(self) -> str:
        """The opaque id that goes into decisions; "" without sign-in."""
        return self.id if self.signed_in else ""

    def may(self, permission: Permission) -> bool:
        return permission in (self.standing().permissions if self.standing else self.permissions)

    def may_see(self, case_id: str) -> bool:
        """Whether this viewer may open `case_id`. Single-user mode: every case of this computer."""
        if not case_id or not self.may(Permission.VIEW_CASE):
            return False
        return self.standing is None or self.standing().sees(case_id)

    def signs_as(self, typed: str) -> str:
        """The name beside a decision: of who is signed in, else the one typed."""
        return self.name if self.signed_in else typed or self.name


SINGLE_USER = Viewer("local", "Person at this computer", frozenset(Permission))


def current_viewer() -> Viewer | None:
    """The viewer of this session, None for a stranger. Raises NotPermitted with what stands against the sign-in."""
    from components import sign_in  # late: the server starts before the domain is loaded

    if not sign_in.is_asked():
        return SINGLE_USER
    if trouble := sign_in.trouble():
        raise NotPermitted(trouble)
    who = sign_in.identity_now()
    if who is None:
        return None
    if refusal := sign_in.why_not(who):
        raise NotPermitted(refusal)
    return viewer_of(who)


def viewer_of(who: Identity) -> Viewer:
    """The viewer for who is signed in; what they may do is looked up whenever it is asked."""
    from components import sign_in

    def standing() -> Standing:
        if refusal := sign_in.why_not(who):
            return Standing(refusal=refusal)
        return Standing(sign_in.person(who).permissions, sign_in.sees(who))

    known = sign_in.person(who)
    name = known.name or who.name
    return Viewer(who.account, name, known.permissions, signed_in=True, standing=standing, proof=sign_in.proof(who))


def permitted(viewer: Viewer | None, permission: Permission) -> Viewer:
    """`viewer` when they hold `permission`; raises NotPermitted otherwise."""
    if viewer is None:
        raise NotPermitted(PLEASE)
    if not viewer.may(permission):
        refusal = viewer.standing().refusal if viewer.standing else ""
        role = f"Your role does not allow you to {permission.value}; ask the person who runs Caseboard."
        raise NotPermitted(refusal or role)
    return viewer


def permitted_case(viewer: Viewer | None, case_id: str) -> Viewer:
    """`viewer` when they may see this case: the one place where that is asked.

    Raises NotPermitted, NotYours, CaseDeleted.
    """
    from components.deletions import unless_deleted  # late: it asks here

    viewer = permitted(viewer, Permission.VIEW_CASE)
    unless_deleted(case_id)
    if not viewer.may_see(case_id):
        raise NotYours(case_id)
    return viewer


def require(permission: Permission) -> Viewer:
    """The viewer, when they hold `permission`; otherwise says so and stops the page."""
    try:
        return permitted(current_viewer(), permission)
    except NotPermitted as refusal:
        _refuse(refusal.sentence)
        st.stop()


def _refuse(sentence: str) -> None:
    """Says why. Who only has to sign in did nothing wrong: a door, not an alarm, with the button beside it; who has no
    role here reads how they are known, and may leave to come back under another name."""
    from components import sign_in

    is_open = sign_in.is_asked() and not sign_in.trouble()
    who = sign_in.identity_now() if is_open else None
    if is_open and (who is None or sign_in.why_over(who)):
        st.info(sentence, icon=":material/lock:")
        if st.button("Sign in", type="primary", key="sign-in"):
            st.login()
        return
    st.error(sentence)
    if who and not sign_in.person(who).permissions:
        text.plain(f"You are {who.email or who.account}.")
        if st.button("Sign out", key="sign-out"):
            sign_in.leave()
            st.stop()
