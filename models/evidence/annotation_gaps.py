"""What the file did not bring, said before anybody trusts the order of the list."""

from models.case import Assembly, Case, Finding, Severity

# What a clinician would miss -> the columns of which any one is enough.
_NEEDED = {
    "population frequencies": ("af_fraction", "af_group_max_fraction"),
    "consequences": ("consequence",),
    "ClinVar": ("clinvar_significance",),
}


def check_annotation(case: Case) -> tuple[Finding, ...]:
    """One warning that lists what could not be assessed; none for a fully annotated file."""
    facts = case.variants.facts
    missing = [name for name, columns in _NEEDED.items() if not any(c in facts.brought for c in columns)]
    has_genes = "gene" in facts.brought or facts.assembly is Assembly.GRCH38
    if not has_genes:
        missing.insert(0, "genes (and Caseboard has a transcript table for GRCh38 only)")
    if not missing:
        return ()
    weight = "The order of the list says little" if not has_genes else "The order of the list rests on what is left"
    sentence = (
        f"The file brings no {', no '.join(missing)}: not assessed. {weight}. "
        "Annotate it (VEP, SnpEff or bcftools csq) and open it again for more."
    )
    return (Finding("annotation-missing", Severity.WARNING, sentence, facts.display_name),)
