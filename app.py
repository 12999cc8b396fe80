"""The browser's door: `streamlit run app.py`. A launcher only; the screens start in components/shell.py."""

from pathlib import Path

import streamlit as st

from components.errors import tell
from components.igv_assets import igv_routes
from components.security import middleware
from components.warm_up import lifespan

app = st.App(
    str(Path(__file__).resolve().parent / "components" / "shell.py"),
    routes=igv_routes(),
    middleware=middleware(),
    lifespan=lifespan,
    on_script_error=tell,
)
