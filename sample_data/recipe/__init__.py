"""How the synthetic patients are made: a synthetic genome, a family, a caller, an annotator, a record."""
