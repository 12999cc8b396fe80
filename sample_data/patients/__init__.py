"""The synthetic patients, one literal file each. To add one: a new file and its line in PATIENTS."""

from sample_data.patients.deafness_secondary_finding import PATIENT as DEAFNESS_SECONDARY_FINDING
from sample_data.patients.dravet_trio import PATIENT as DRAVET_TRIO
from sample_data.patients.ethe1_consanguineous import PATIENT as ETHE1_CONSANGUINEOUS
from sample_data.patients.melas_duo import PATIENT as MELAS_DUO
from sample_data.patients.no_answer_trio import PATIENT as NO_ANSWER_TRIO
from sample_data.patients.parents_swapped import PATIENT as PARENTS_SWAPPED
from sample_data.patients.raf1_vus_trio import PATIENT as RAF1_VUS_TRIO
from sample_data.patients.vlcad_trio import PATIENT as VLCAD_TRIO
from sample_data.patients.xscid_boy import PATIENT as XSCID_BOY
from sample_data.recipe.model import Recipe

PATIENTS: tuple[Recipe, ...] = (
    DRAVET_TRIO,
    VLCAD_TRIO,
    ETHE1_CONSANGUINEOUS,
    XSCID_BOY,
    MELAS_DUO,
    RAF1_VUS_TRIO,
    NO_ANSWER_TRIO,
    DEAFNESS_SECONDARY_FINDING,
    PARENTS_SWAPPED,
)

__all__ = ["PATIENTS"]
