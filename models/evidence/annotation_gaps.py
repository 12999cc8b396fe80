"""What neither the file nor what is installed tells, said before anybody trusts the order of the list."""

from models.case import Assembly, Case, Finding, Severity

# What a clinician would miss -> the columns of which any one is enough, and what to install for it.
_NEEDED = {
    "population frequencies": (("af_fraction", "af_group_max_fraction"), "gnomad_exomes"),
    "consequences": (("consequence",), "reference"),
    "ClinVar": (("clinvar_significance",), "clinvar"),
}
_NO_GENES = "genes (and Caseboard has a transcript table for GRCh38 only)"


def check_annotation(case: Case) -> tuple[Finding, ...]:
    """One warning that lists what could not be assessed, and what to install; none where nothing is missing."""
    facts = case.variants.facts
    missing = {name: source for name, (columns, source) in _NEEDED.items() if not facts.brought.keys() & set(columns)}
    has_genes = "gene" in facts.brought or facts.assembly is Assembly.GRCH38
    names = [*([] if has_genes else [_NO_GENES]), *missing]
    if not names:
        return ()
    weight = "The order of the list rests on what is left" if has_genes else "The order of the list says little"
    sentence = (
        f"The file brings no {', no '.join(names)}, and none is installed: not assessed. {weight}. "
        f"{_what_to_do(tuple(missing.values()), facts.assembly)}"
    )
    return (Finding("annotation-missing", Severity.WARNING, sentence, facts.display_name),)


def _what_to_do(sources: tuple[str, ...], assembly: Assembly) -> str:
    if assembly is Assembly.UNKNOWN:
        return "State the genome build when opening the case: without it nothing can be looked up."
    annotate = "annotate the file (VEP, SnpEff or bcftools csq) and open it again"
    if not sources:
        return f"{annotate[0].upper()}{annotate[1:]}."
    build = f" --build {assembly.value}"
    commands = "; ".join(f"python cli.py knowledge install {source}{build}" for source in sources)
    return f"Install it once, on the screen Knowledge or by: {commands}. Or {annotate}."
