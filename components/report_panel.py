"""Beside the preview: sign, download, and the versions signed before."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from components import sign_in, text
from components.decision_desk import AS_TYPED, NAME_CHARS, typed_name
from components.report_desk import ReportDesk, Version
from components.way_out import Exit, Leaving, ways_out
from models.errors import CaseboardError
from models.reporting import ReportContent, content_hash
from models.reporting.clinvar_sheet import not_to_clinvar
from models.reporting.exports import AS_CLINVAR, AS_HTML, AS_PDF, EXPORTERS, Exporter, Source, export
from models.reporting.sections.signature import when_words
from models.reporting.signed import cautions, objections
from models.review import Event
from models.review.commands import Status
from models.review.signing import TYPED

if TYPE_CHECKING:
    from models.workup import Workup

SIDE_CSS = (
    "<style>.st-key-report_side { position: sticky; top: 4.2rem; max-height: calc(100dvh - 5rem); "
    "overflow-y: auto; }</style>"
)
HASH_SHOWN = 16  # of 64 hexadecimal digits
WHY_CHARS = 500
_READ, _SAID = "report_read", "report_said"


def why_amended(desk: ReportDesk) -> str:
    """The words that stand in an amended report; asked only where one was signed before."""
    if not desk.state.reports or desk.state.status is Status.SIGNED:
        return ""
    said = st.text_input("Why the signed report is replaced", key=sign_in.WHY_AMENDED, max_chars=WHY_CHARS)
    return text.one_line(said, WHY_CHARS)


def sign_panel(desk: ReportDesk, content: ReportContent) -> None:
    """The signature: what stands against it, else the form."""
    st.header("Sign")
    if said := st.session_state.pop(_SAID, ""):
        st.warning(text.label(said, 600), icon=":material/edit:")
    if standing := against(desk, content):
        for sentence in standing:
            st.info(text.label(sentence, 600))
        return
    for sentence in cautions(content):
        st.info(text.label(sentence, 600), icon=":material/info:")
    st.text(f"You sign version {content.number}, content {content_hash(content)[:HASH_SHOWN]}…")
    if sentence := desk.why_sign_in_again():
        _sign_in_again(sentence, content)
        return
    with st.form("report-sign", clear_on_submit=True, border=False):
        typed = st.text_input("Type your name to sign", value="", max_chars=NAME_CHARS, placeholder=_whose(desk))
        pressed = st.form_submit_button("Sign the report", type="primary")
    if not desk.viewer.signed_in:
        text.quiet(f"Single-user mode: {AS_TYPED}; the report says “{TYPED}”.")
    read = st.session_state.get(_READ, "")
    st.session_state[_READ] = content_hash(content)
    if pressed:
        _sign(desk, content, read, text.one_line(typed, NAME_CHARS))


def _sign_in_again(sentence: str, content: ReportContent) -> None:
    """The way to the provider and back to this report."""
    text.plain(sentence)
    if st.button("Sign in again to sign", type="primary", key="report-sign-in-again"):
        sign_in.again(content.case_id, content.why_amended)
    text.quiet("You come back to this report as it is.")


def _whose(desk: ReportDesk) -> str:
    return desk.viewer.name if desk.viewer.signed_in else typed_name()


def against(desk: ReportDesk, content: ReportContent) -> tuple[str, ...]:
    """Why nobody can sign now, or not this person."""
    status = desk.state.status
    if status is Status.SIGNED:
        return (
            "This case is signed. To amend the report, set the case back to in review, with a reason: in Case review, "
            "on the Decide tab, under The case.",
        )
    if status not in {Status.IN_REVIEW, Status.SECOND_READING}:
        return (f"This case is {status.value}; it is signed once somebody has decided on a variant.",)
    if not desk.may_sign:
        return ("Your role does not allow you to sign a report; ask a signer, or the person who runs Caseboard.",)
    return objections(content)


def _sign(desk: ReportDesk, content: ReportContent, read: str, typed: str) -> None:
    try:
        outcome = desk.sign(content, read, typed)
    except CaseboardError as refused:
        st.session_state[_SAID] = refused.sentence
    else:
        st.session_state[_SAID] = "" if isinstance(outcome, Event) else outcome.sentence
    st.rerun()


def downloads(
    desk: ReportDesk,
    content: ReportContent,
    versions: tuple[Version, ...],
    ranked: Callable[[], list[dict[str, object]]],
) -> None:
    """The files of what is on screen; made when they are asked for, where role and consent let them leave. ranked: rows
    of the list for the spreadsheet."""
    st.header("Download")
    kept = next((v.report for v in versions if v.report and v.report.content == content and not content.is_draft), None)
    st.text("As signed." if kept else "A draft: it says so on every page.")
    source = Source(content, ranked, kept)
    ways_out(_exit(desk), [_leaving(e, source, e.way.name, f"get-{e.way.name}") for e in EXPORTERS])


def _exit(desk: ReportDesk) -> Exit:
    case = desk.workup.case
    return Exit(desk.viewer, case.id, case.patient.consent)


def _leaving(exporter: Exporter, source: Source, title: str, key: str) -> Leaving:
    file = exporter.file_name(source.content)
    against = not_to_clinvar(source.content) if exporter is AS_CLINVAR else ""
    return Leaving(exporter.way, title, file, exporter.mime, partial(export, exporter, source), key, against)


def ranked_rows_of(workup: Workup) -> Callable[[], list[dict[str, object]]]:
    """The rows of the list for the spreadsheet, worked out when they are asked for."""
    from models.reporting import ranked_rows
    from models.reporting.sheets import MOST_RANKED

    return lambda: ranked_rows(workup, MOST_RANKED)


def signed_versions(desk: ReportDesk, versions: tuple[Version, ...]) -> None:
    """Each signed report with its hash, and whether every byte is as it was signed."""
    if not versions:
        return
    st.header("Signed versions")
    for version in versions:
        with st.container(border=True, key=f"report_version_{version.event.payload['number']}"):
            _version(desk, version)


def _version(desk: ReportDesk, version: Version) -> None:
    event, number = version.event, version.event.payload["number"]
    st.text(text.one_line(f"Version {number}: {event.who}, {when_words(event.at)}", 200))
    amends = str(event.payload["amends"])
    text.quiet(f"content {event.payload['content_sha256']}" + (f", replaces {amends[:HASH_SHOWN]}…" if amends else ""))
    if version.report is None:
        st.error(text.label(version.damage, 600), icon=":material/link_off:")
        return
    if version.report.content.signature and (proof := version.report.content.signature.proof):
        text.quiet(proof)
    st.text("✓ Verified: every byte is as it was signed.")
    source = Source(version.report.content, signed=version.report)
    named = ((e, f"{e.way.name} of version {number}", f"signed-{e.way.key}-{number}") for e in (AS_PDF, AS_HTML))
    ways_out(_exit(desk), [_leaving(e, source, title, key) for e, title, key in named])
