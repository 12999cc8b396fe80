"""A server of the genome browser page with the real policy, for browser tests."""

from pathlib import Path

import streamlit as st

from components.igv_assets import igv_routes
from components.security import middleware

app = st.App(str(Path(__file__).with_name("genome_page.py")), routes=igv_routes(), middleware=middleware())
