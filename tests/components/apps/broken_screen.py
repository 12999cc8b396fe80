"""A fragment that breaks with a patient's words in its message."""

import streamlit as st


@st.fragment
def broken() -> None:
    raise KeyError("CANARY-NOTE-7391")


st.header("Before the defect")
broken()
