"""Who may do what, written down by hand a second time: what the access tests expect, whatever the program's table says.

A screen, a permission, a kind of decision or a function that takes a viewer without its line here turns the tests red.
"""

from models.review.permissions import Permission, Role

NOBODY: frozenset[Role] = frozenset()
EVERYBODY = frozenset(Role)
CARERS = frozenset({Role.READER, Role.REVIEWER, Role.SIGNER})
DECIDERS = frozenset({Role.REVIEWER, Role.SIGNER})
SIGNERS, ADMINS = frozenset({Role.SIGNER}), frozenset({Role.ADMIN})

PAGES_OF = {
    "worklist": EVERYBODY,
    "case_review": EVERYBODY,
    "all_variants": EVERYBODY,
    "phenotype": EVERYBODY,
    "report": EVERYBODY,
    "history": EVERYBODY,
    "board": EVERYBODY,
    "teaching": EVERYBODY,
    "model": EVERYBODY,
    "knowledge": EVERYBODY,
    "people": ADMINS,
    "system": EVERYBODY,
}

PERMISSIONS_OF = {
    "VIEW_CASE": EVERYBODY,
    "CREATE_CASE": DECIDERS,
    "EDIT_PHENOTYPE": DECIDERS,
    "OVERRIDE_FINDING": DECIDERS,
    "DECIDE": DECIDERS,
    "EXPORT": DECIDERS,
    "SIGN_REPORT": SIGNERS,
    "RELEASE_READING": SIGNERS,
    "DELETE_CASE": SIGNERS,
    "KEEP_BACKUPS": ADMINS,
    "MANAGE_PEOPLE": ADMINS,
    "BREAK_GLASS": CARERS,
    "LEARN": EVERYBODY,
    "VIEW_SYSTEM": EVERYBODY,
    "MANAGE_KNOWLEDGE": ADMINS,
    "SEE_PEOPLE": ADMINS,
}

DECISIONS_OF = {
    "TERM_SET": DECIDERS,
    "TERM_REMOVED": DECIDERS,
    "SUGGESTION_REJECTED": DECIDERS,
    "CHECK_OVERRIDDEN": DECIDERS,
    "PARENTS_EXCHANGED": DECIDERS,
    "VARIANT_SHORTLISTED": DECIDERS,
    "VARIANT_DISMISSED": DECIDERS,
    "VARIANT_PUT_BACK": DECIDERS,
    "CRITERION_JUDGED": DECIDERS,
    "VARIANT_CLASSIFIED": DECIDERS,
    "NOTE_WRITTEN": DECIDERS,
    "CASE_ASSIGNED": DECIDERS,
    "STATUS_SET": DECIDERS,
    "CONSENT_SET": DECIDERS,
    "REPORT_SIGNED": SIGNERS,
    "LEARNER_COMMITTED": EVERYBODY,
    "CHANGES_SEEN": DECIDERS,
    "CASE_STARTED": DECIDERS,
    "OPENED_IN_EMERGENCY": CARERS,
    "EXPORTED": DECIDERS,
    "READING_RELEASED": SIGNERS,
    "DELETION_ASKED": SIGNERS,
    "DELETION_BEGUN": SIGNERS,
    "DELETION_COMPLETED": SIGNERS,
    "PEOPLE_CHANGED": ADMINS,
}

OF_THE_INSTALLATION = {"DELETION_BEGUN", "DELETION_COMPLETED", "PEOPLE_CHANGED"}  # never kept with a case

# Functions of components that take a viewer and no case, by what they ask for first; None: what they give asks later.
TAKES_A_VIEWER: dict[str, Permission | None] = {
    "access.permitted": None,
    "commands.reader_of": None,  # a name and a number
    "compared.compared_with_today": None,  # of cases that were listed for this viewer; asks for each
    "decisions.emergency_openings": Permission.SEE_PEOPLE,
    "deletion_due.draw": Permission.VIEW_CASE,
    "deletions.due": Permission.VIEW_CASE,
    "knowledge_commands.desk_of": None,
    "opened_cases.damaged_cases": Permission.VIEW_CASE,
    "opened_cases.open_workup": None,  # `opened_cases.workup` of the case in the address
    "opened_cases.read_sample": Permission.CREATE_CASE,
    "opened_cases.sample_case": Permission.VIEW_CASE,
    "opened_cases.start_reading": Permission.CREATE_CASE,
    "opened_cases.summaries": Permission.VIEW_CASE,
    "people_desk.desk_of": Permission.SEE_PEOPLE,
    "system_desk.desk_of": Permission.VIEW_SYSTEM,
    "report_desk.report_desk": None,  # asks for the case of the work-up
}
# Functions that take a viewer and a case and do not ask for the case itself, with the reason.
ASKS_OTHERWISE = {
    "access.permitted_case": "is the question",
    "commands.desk_of": "a desk, which asks at each use",
    "decisions.begun": "the end of a reading that was permitted",
    "decisions.open_in_emergency": "opens a case of others on the record",
}
