"""The genome browser alone on a page, with made-up reads; `?what=` picks the case."""

import streamlit as st

from components import theme
from components.genome_browser import genome_browser
from tests.browser.apps.genome_case import genome_case

st.set_page_config(page_title="Genome browser", layout="wide")
theme.apply()
what = st.query_params.get("what", "trio")
row = st.selectbox("Row", range(9), index=int(st.query_params.get("row", 0)))
st.html("<style>.st-key-middle { height: 600px; overflow: hidden }</style>")
_, middle, _ = st.columns((28, 45, 27), gap="small")
with middle.container(key="middle"):
    st.html("<div style='height:140px'>the reasons</div>")
    if st.checkbox("Reads", value=True):
        genome_browser(genome_case(what), row, key="genome")
