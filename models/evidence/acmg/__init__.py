"""What the ACMG/AMP criteria say of a variant: each met, not met or not assessable, with its reason."""

from models.evidence.acmg.types import Class, CriterionResult, Strength, Suggestion

__all__ = ["Class", "CriterionResult", "Strength", "Suggestion"]
