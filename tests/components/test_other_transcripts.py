"""The fold with a variant's effect on each transcript."""

from components.drawing import words
from components.other_transcripts import transcripts_tree
from models.case import Absent, Found, NotAssessed
from models.knowledge.effects.others import OnTranscript

ONE = OnTranscript("ENST1.2", "MANE Select", "missense_variant", "c.11A>G", "p.(Lys4Arg)")
OTHER = OnTranscript("ENST2.1", "", "intron_variant", "", "")


def test_each_transcript_stands_with_consequence_and_names() -> None:
    said = words(transcripts_tree(Found((ONE, OTHER), "Ensembl transcripts 115"), "TOY"))
    assert "ENST1.2 · MANE Select missense c.11A>G p.(Lys4Arg)" in said
    assert "ENST2.1 intron" in said
    assert "Ensembl transcripts 115, worst first" in said


def test_what_could_not_be_looked_up_is_not_assessed_and_what_is_not_there_is_said() -> None:
    assert words(transcripts_tree(NotAssessed("no sequence is installed"), "TOY")) == (
        "Not assessed: no sequence is installed."
    )
    assert "no transcript of TOY that this variant touches" in words(transcripts_tree(Absent("Ensembl 115"), "TOY"))
