"""How the shipped model is made: labelled changes, spiked cases, two LightGBM models, one manifest."""

from models.ranking.training.kept_out import read_alleles
from models.ranking.training.train import train

__all__ = ["read_alleles", "train"]
