"""A case's variant table filled from what is installed: frequencies, ClinVar, predictors, consequences.

What is installed for the case's build answers before what the file brought, since its release is known and
verified; where it could not look, the file's own answer stays. Nothing of another build ever answers.
"""

from models.knowledge.annotate.fill import Annotated, annotate
from models.knowledge.annotate.kept import annotated_case, mane_in_use, quiet
from models.knowledge.annotate.releases import answering, used_releases

__all__ = ["Annotated", "annotate", "annotated_case", "answering", "mane_in_use", "quiet", "used_releases"]
