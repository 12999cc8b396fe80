"""What it means here: how each variant of this case looks to a geneticist, before any score.

`assess_variants` walks every row through the funnel and describes those that stay; `check_identity`
asks first whether build, samples and family are what they are said to be; `where_is` answers why a
variant is not on the list; `score_phenotype` weighs the genes against the patient's features.
"""

from models.evidence.annotation_gaps import check_annotation
from models.evidence.assess import assess_variants
from models.evidence.describe import change_name, heteroplasmy_of
from models.evidence.fitting_disease import fitting_diseases
from models.evidence.identity import check_identity
from models.evidence.mitochondrial import mitochondrial_name
from models.evidence.mode_reasons import judge_modes
from models.evidence.phenotype import score_phenotype
from models.evidence.phenotype_explain import explain_gene
from models.evidence.phenotype_questions import Question, next_questions
from models.evidence.presets import Preset, select
from models.evidence.second_hits import SecondHit, second_hits
from models.evidence.types import (
    EVIDENCE_COLUMNS,
    MODE_COLUMNS,
    VERDICT_OF_CODE,
    FunnelStep,
    GenePhenotype,
    Mode,
    PhenotypeEvidence,
    Step,
    TermMatch,
    VariantEvidence,
    VerdictCode,
    Whereabouts,
)
from models.evidence.whereabouts import where_are, where_is

__all__ = [
    "EVIDENCE_COLUMNS",
    "MODE_COLUMNS",
    "VERDICT_OF_CODE",
    "FunnelStep",
    "GenePhenotype",
    "Mode",
    "PhenotypeEvidence",
    "Preset",
    "Question",
    "SecondHit",
    "Step",
    "TermMatch",
    "VariantEvidence",
    "VerdictCode",
    "Whereabouts",
    "assess_variants",
    "change_name",
    "check_annotation",
    "check_identity",
    "explain_gene",
    "fitting_diseases",
    "heteroplasmy_of",
    "judge_modes",
    "mitochondrial_name",
    "next_questions",
    "score_phenotype",
    "second_hits",
    "select",
    "where_are",
    "where_is",
]
