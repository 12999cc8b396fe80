"""Caseboard as a stranger meets it once sign-in is asked: the same shell, nobody signed in."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from components import access
from components.security import UploadGate, middleware

access.current_viewer = lambda: None  # type: ignore[assignment]

app = st.App(
    str(Path(__file__).resolve().parents[3] / "components" / "shell.py"),
    middleware=[*middleware(), Middleware(UploadGate, allows=lambda headers: False)],
)
