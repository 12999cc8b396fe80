"""The box for features on the form that starts a case."""

from components.intake_form import unread_words
from models.knowledge import TermHit, Unread


def test_words_that_are_no_feature_say_what_to_do() -> None:
    said = unread_words(Unread("zzqq", ()))
    assert "“zzqq” is no name or synonym in HPO" in said and "Take it out" in said


def test_a_slip_offers_the_nearest_names() -> None:
    near = (TermHit("HP:0001250", "Seizure", "Seizure", False), TermHit("HP:0002133", "Status epilepticus", "x", True))
    assert "Write “Seizure” or “Status epilepticus”, or take it out." in unread_words(Unread("seizurs", near))
