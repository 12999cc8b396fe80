"""Who is looking, and what may they do. Every page's first statement is `require(...)`.

Without sign-in (the default) Caseboard is a single-user program on one's own machine: the viewer
is the person at this computer and may do everything. The screen says so.
"""

from dataclasses import dataclass, field
from enum import Enum

import streamlit as st

from models.errors import NotPermitted


class Permission(str, Enum):
    """What a page or a command asks for."""

    VIEW_CASE = "view cases"
    CREATE_CASE = "start a case"
    EDIT_PHENOTYPE = "edit the phenotype"
    OVERRIDE_FINDING = "override a blocking finding"
    LEARN = "work through sample patients"
    VIEW_SYSTEM = "see the model and data releases"
    MANAGE_KNOWLEDGE = "install and remove knowledge"


@dataclass(frozen=True)
class Viewer:
    """The person behind a session. id is opaque and goes into decisions; name is shown."""

    id: str
    name: str
    permissions: frozenset[Permission] = field(default_factory=frozenset)
    signed_in: bool = False

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    def may_see(self, case_id: str) -> bool:
        """Whether this viewer may open `case_id`. Single-user mode: every case of this computer."""
        return bool(case_id) and self.may(Permission.VIEW_CASE)


SINGLE_USER = Viewer("local", "Person at this computer", frozenset(Permission))


def current_viewer() -> Viewer | None:
    """The viewer of this session, None for a stranger. The one place a sign-in will be asked."""
    return SINGLE_USER


def permitted(viewer: Viewer | None, permission: Permission) -> Viewer:
    """`viewer` when they hold `permission`; raises NotPermitted otherwise."""
    if viewer is None:
        raise NotPermitted("Please sign in to continue.")
    if not viewer.may(permission):
        raise NotPermitted(f"Your role does not allow you to {permission.value}; ask the person who runs Caseboard.")
    return viewer


def require(permission: Permission) -> Viewer:
    """The viewer, when they hold `permission`; otherwise says so and stops the page."""
    try:
        return permitted(current_viewer(), permission)
    except NotPermitted as refusal:
        st.error(refusal.sentence)
        st.stop()
