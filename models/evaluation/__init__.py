"""Measure the parts and the whole on tables of labelled variants and published patients."""
