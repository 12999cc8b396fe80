"""Starting a case: drop files, see what each one is, say who is who, and read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from components import text, uploads
from components.errors import sentence_of
from components.intake_job import Reading
from models.case import Assembly, Role, Sex
from models.case.store import CaseStore
from models.errors import CaseboardError
from models.intake import CaseOptions, FileKind, GivenFile, VcfPeek, peek_vcf, recognise

if TYPE_CHECKING:
    from models.knowledge import Ontology, TypedTerms, Unread

NOBODY = "not in this file"
TERMS_MAX_CHARS = 5_000

# Streamlit's drop zone is named and focusable, yet says it is mere presentation; people who hear the
# screen would miss it (axe: presentation-role-conflict).
_mend_drop_zone = st.components.v2.component(
    "caseboard_mend_drop_zone",
    js="""export default function () {
      const mend = () => document.querySelectorAll("[data-testid=stFileUploaderDropzone][role=presentation]")
        .forEach((zone) => zone.setAttribute("role", "group"));
      const watcher = new MutationObserver(mend);
      watcher.observe(document.body, { childList: true, subtree: true });
      mend();
      return () => watcher.disconnect();
    }""",
)


@dataclass(frozen=True)
class Arrived:
    """One dropped file and what it is."""

    file: GivenFile
    kind: FileKind


def intake_form(store: CaseStore, ontology: Callable[[], Ontology]) -> Reading | None:
    """The whole form. What to read when the person pressed the button, None otherwise.

    ontology: asked for only when terms were typed.
    """
    arrived = [Arrived(file, recognise(file.path, file.display_name)) for file in _drop(store)]
    if not arrived:
        return None
    vcf = [a for a in arrived if a.kind is FileKind.VCF]
    _show_arrived(arrived)
    if len(vcf) != 1:
        st.warning(_wrong_number(len(vcf)), icon=":material/rule:")
        return None
    try:
        peek = peek_vcf(vcf[0].file.path)
    except CaseboardError as problem:
        st.error(text.label(f"{vcf[0].file.display_name}: {sentence_of(problem)}", 600), icon=":material/error:")
        return None
    return _ask_about(arrived, peek, ontology)


def _wrong_number(count: int) -> str:
    if count == 0:
        return "None of these files holds variants. A case needs one VCF or BCF (plain, gzip or bgzip)."
    return f"{count} variant files were dropped; a case has one. Remove the others with the cross beside their names."


def _drop(store: CaseStore) -> tuple[GivenFile, ...]:
    whole_folder = st.toggle("Choose a whole folder instead", key="intake-folder")
    uploaded = st.file_uploader(
        "Variants (VCF or BCF), and what you have of: PED, HPO terms or phenopacket, FHIR record, "
        "reads (BAM and BAI), reference FASTA, notes",
        accept_multiple_files="directory" if whole_folder else True,
        key=f"intake-{uploads.current().round}-{whole_folder}",
    )
    _mend_drop_zone(key="intake-mend", data={"zones": uploads.current().round})
    with st.spinner("Putting the files aside …") if uploaded else st.container():
        return uploads.put_aside(uploaded or [], store)


def _show_arrived(arrived: Sequence[Arrived]) -> None:
    lines = [
        f"{'✓' if a.kind is not FileKind.UNKNOWN else '?'} {a.file.display_name}: {_kind_words(a.kind)}"
        for a in arrived
    ]
    text.plain("\n".join(lines))


def _kind_words(kind: FileKind) -> str:
    return "record, phenopacket or case card (JSON)" if kind is FileKind.JSON else kind.value


def _ask_about(arrived: Sequence[Arrived], peek: VcfPeek, ontology: Callable[[], Ontology]) -> Reading | None:
    if peek.assembly is Assembly.UNKNOWN:
        st.warning("The file does not say which genome build it is on; choose it below.", icon=":material/rule:")
    else:
        text.plain(f"Build {peek.assembly.value} ({peek.assembly_reason}); {_counted(len(peek.samples))}.")
    has_family = any(a.kind is FileKind.PED for a in arrived)
    with st.form("intake-about", border=False):
        pseudonym = st.text_input(
            "Pseudonym", max_chars=60, placeholder="What this patient is called here; no real name"
        )
        roles = {} if has_family else _ask_roles(peek.samples)
        patient = _ask_patient(peek.samples) if has_family else ""
        sex = st.radio("Sex", [*Sex], index=2, format_func=_sex_words, horizontal=True)
        build = peek.assembly if peek.assembly is not Assembly.UNKNOWN else _ask_build()
        terms = _ask_terms(ontology)
        if not st.form_submit_button("Read and rank", type="primary"):
            return None
    if terms.unread:
        return None
    problem = _conflict(roles)
    if problem:
        st.warning(problem, icon=":material/rule:")
        return None
    proband = next((s for s, r in roles.items() if r is Role.PROBAND), patient)
    options = CaseOptions(proband, sex, terms.as_ids, pseudonym.strip(), roles, build)
    return Reading(pseudonym.strip() or "your files", tuple(a.file for a in arrived), options)


def _sex_words(sex: Sex) -> str:
    return "as the files say, else unknown" if sex is Sex.UNKNOWN else sex.value


def _ask_terms(ontology: Callable[[], Ontology]) -> TypedTerms:
    """The box for features; under it, after the button, what was not recognised and what to do."""
    typed = st.text_area(
        "Features (HPO terms)",
        height=68,
        max_chars=TERMS_MAX_CHARS,
        placeholder="Seizure, small head, HP:0001263, -Ataxia",
        help="Names, synonyms or ids, one a line or with commas; a minus sign excludes. A note is read for more later.",
    )
    from models.knowledge import TypedTerms, read_typed_terms  # late: the first paint need not wait for it

    if not typed.strip():
        return TypedTerms((), ())
    found = read_typed_terms(typed, ontology())
    for unread in found.unread:
        st.warning(text.label(unread_words(unread), 400), icon=":material/edit:")
    return found


def unread_words(unread: Unread) -> str:
    """What to do about words that are no name of a feature."""
    if not unread.nearest:
        return f"“{unread.words}” is no name or synonym in HPO. Take it out; Phenotype has a search for other words."
    nearest = " or ".join(f"“{hit.label}”" for hit in unread.nearest)
    return f"“{unread.words}” is not exactly one feature of HPO. Write {nearest}, or take it out."


def _counted(samples: int) -> str:
    return "one sample" if samples == 1 else f"{samples} samples"


def _ask_build() -> Assembly:
    known = [Assembly.GRCH38, Assembly.GRCH37]
    chosen = st.selectbox(
        "Genome build", known, index=None, format_func=lambda a: a.value, placeholder="Choose the build"
    )
    return chosen or Assembly.UNKNOWN


def _ask_patient(samples: Sequence[str]) -> str:
    """The patient's sample where the family file may leave it open (two affected siblings); "" as the file says."""
    if len(samples) < 2:
        return ""
    return st.selectbox("Patient", ["", *samples], format_func=lambda s: s or "as the family file says")


def _ask_roles(samples: Sequence[str]) -> dict[str, Role]:
    """Who each sample is, by family place; guessed from the names, confirmed by the person."""
    if len(samples) < 2:
        return {}
    st.text("Who is who? A sample without a place here is not read.")
    patient, mother, father, siblings = st.columns(4)
    others = [NOBODY, *samples]
    chosen = {
        Role.PROBAND: patient.selectbox("Patient", samples, index=guess(samples, Role.PROBAND) or 0),
        Role.MOTHER: mother.selectbox("Mother", others, index=_after_nobody(guess(samples, Role.MOTHER))),
        Role.FATHER: father.selectbox("Father", others, index=_after_nobody(guess(samples, Role.FATHER))),
    }
    roles = dict.fromkeys(siblings.multiselect("Siblings", samples), Role.SIBLING)
    picked = [(sample, role) for role, sample in chosen.items() if sample != NOBODY]
    if len({s for s, _ in picked} | roles.keys()) < len(picked) + len(roles):
        return {NOBODY: Role.OTHER}
    return {**roles, **dict(picked)}


def _conflict(roles: dict[str, Role]) -> str:
    return "One sample was given two places in the family; give each person one." if NOBODY in roles else ""


def _after_nobody(index: int | None) -> int:
    return 0 if index is None else index + 1


_HINTS = {
    Role.PROBAND: ("proband", "child", "patient", "index", "kid"),
    Role.MOTHER: ("mother", "mom", "mum", "maternal"),
    Role.FATHER: ("father", "dad", "paternal"),
}


def guess(samples: Sequence[str], role: Role) -> int | None:
    """The one sample whose name hints at `role`; None when none or several do."""
    hits = [i for i, s in enumerate(samples) if any(hint in s.lower() for hint in _HINTS[role])]
    return hits[0] if len(hits) == 1 else None
