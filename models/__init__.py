"""The domain: everything that computes. Imports neither streamlit, plotly nor components."""
