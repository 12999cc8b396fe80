"""One sex for the whole case, out of what several documents state, and a finding when they disagree."""

from models.case import Finding, Severity, Sex


def agreed_sex(*, typed: Sex, family: Sex, phenopacket: Sex, record: Sex) -> tuple[Sex, tuple[Finding, ...]]:
    """The first that says it: a person, the family file, the phenopacket, the record.

    A disagreement between family file and phenopacket is BLOCKING while no person says which is right.
    FHIR's Patient.gender is administrative (HL7 FHIR R4, Patient), so against it there is only a WARNING.
    """
    documents = {"the family file": family, "the phenopacket": phenopacket, "the record": record}
    said = {"you": typed, **documents}
    known = {who: sex for who, sex in said.items() if sex is not Sex.UNKNOWN}
    if len(set(known.values())) < 2:
        return next(iter(known.values()), Sex.UNKNOWN), ()
    first, sex = next(iter(known.items()))
    other = next(who for who, theirs in known.items() if theirs is not sex)
    sentence = (
        f"By {first} the patient is {sex.value}, by {other} {known[other].value}; variants on X and Y are weighed "
        f"as {sex.value}. Check which is right."
    )
    is_open = typed is Sex.UNKNOWN and other != "the record"
    return sex, (Finding("sex-contradiction", Severity.BLOCKING if is_open else Severity.WARNING, sentence),)
