"""A small case in a store, and a library whose ClinVar changes its mind."""

from dataclasses import replace
from datetime import UTC, datetime

from models.case.store import CaseStore, new_case_id
from models.case.table_file import TABLE_FILE, write_table
from tests.builders import a_case, a_variant

AT = datetime(2026, 11, 20, tzinfo=UTC)
CALLS = {"proband": "0/1", "mother": "0/0", "father": "0/0"}
MISSENSE = {"consequence": "missense_variant", "af_fraction": None, **CALLS}
BECOMES_LP = ("2", 165_992_346, "G", "A")
BECOMES_CONFLICTING = ("20", 63_400_000, "C", "T")
DISAPPEARS = ("3", 38_550_000, "A", "G")
UNTOUCHED = ("16", 2_050_000, "C", "G")


def a_kept_case(store: CaseStore, **more):
    """A girl with seizures and four new missense variants; the summary of the case as kept."""
    genes = {"SCN1A": BECOMES_LP, "KCNQ2": BECOMES_CONFLICTING, "SCN5A": DISAPPEARS, "TSC2": UNTOUCHED}
    rows = [
        a_variant(f"chr{chrom}", pos, ref, alt, gene=gene, **MISSENSE) for gene, (chrom, pos, ref, alt) in genes.items()
    ]
    case = a_case(*rows, terms=["HP:0001250", "HP:0001263"], **more)
    case = replace(case, id=new_case_id())
    draft = store.new_draft()
    write_table(case.variants, draft / TABLE_FILE)
    return store.keep(draft, case, AT)


def first_records():
    """ClinVar as it was."""
    return (
        (*BECOMES_LP, "Uncertain_significance", 1),
        (*DISAPPEARS, "Pathogenic", 1),
        (*UNTOUCHED, "Pathogenic", 3),
        (*BECOMES_CONFLICTING, "Likely_pathogenic", 1),
    )


def later_records():
    """ClinVar as it is; it still lists other variants of chromosome 3."""
    return (
        ("3", 1_000, "A", "G", "Benign", 1),
        (*BECOMES_LP, "Likely_pathogenic", 2),
        (*UNTOUCHED, "Pathogenic", 3),
        (*BECOMES_CONFLICTING, "Conflicting_classifications_of_pathogenicity", 1),
    )
