"""Caseboard's own answer to an error, around a screen that breaks where the shell cannot catch it."""

from pathlib import Path

import streamlit as st

from components.errors import tell
from components.warm_up import lifespan

app = st.App(str(Path(__file__).with_name("broken_screen.py")), lifespan=lifespan, on_script_error=tell)
