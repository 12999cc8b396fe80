"""One variant on every transcript of its gene, from what is installed for its assembly."""

from types import SimpleNamespace

import pytest

from models.case import Absent, Allele, Assembly, Found, NotAssessed
from models.knowledge import all_transcripts, gene_models
from models.knowledge.effects.reference import SOURCE_KEY
from tests.knowledge.effects.toy import reference, transcript

TEXT = "TTTTTTTTTTCCCATGGCTAGTAAGTTTAGGATGGTGGTGGAAAAGTAAGTTTTTTTCAGCGTCGTCGTAA" + "C" * 30
MODELS = {"TOY": (transcript(exons=((11, 40),), cds=(14, 40)), transcript(cds=(14, 71)))}


class Library:
    """What is installed, by source; for GRCh38 only."""

    def __init__(self, *sources):
        self.sources = sources

    def current(self, source, assembly):
        here = source in self.sources and assembly is Assembly.GRCH38
        return SimpleNamespace(label=f"{source} 1", assembly=assembly) if here else None


BOTH = Library(gene_models.KEY, SOURCE_KEY)


@pytest.fixture(autouse=True)
def toys(tmp_path, monkeypatch):
    known = reference(tmp_path, {"1": TEXT})
    monkeypatch.setattr(all_transcripts, "reference_of", lambda _installed: known)
    monkeypatch.setattr(gene_models, "transcripts_of", lambda _library, _assembly, gene: MODELS.get(gene, ()))


def asked(library, pos=24, ref="A", alt="G", gene="TOY", assembly=Assembly.GRCH38):
    return all_transcripts.on_all_transcripts(library, Allele(assembly, "1", pos, ref, alt), gene)


def test_a_variant_is_told_on_each_transcript_with_the_release_that_answers():
    told = asked(BOTH)
    assert isinstance(told, Found)
    assert told.source == "ensembl 1"
    assert [one.hgvs_c for one in told.value] == ["c.7+4A>G", "c.11A>G"]


def test_a_variant_beside_the_gene_touches_none_of_its_transcripts():
    assert asked(BOTH, 95, "C", "G") == Absent("ensembl 1")


@pytest.mark.parametrize(
    ("library", "variant", "why"),
    [
        (Library(SOURCE_KEY), {}, "Ensembl's transcripts for GRCh38 are not installed"),
        (Library(gene_models.KEY), {}, "the reference sequence of GRCh38 is not installed"),
        (BOTH, {"assembly": Assembly.GRCH37}, "Ensembl's transcripts for GRCh37 are not installed"),
        (BOTH, {"gene": "SCN1A"}, "ensembl 1 knows no gene called SCN1A"),
        (BOTH, {"ref": "C"}, "reference 1 has other bases here than the file's REF"),
        (BOTH, {"alt": "<DEL>"}, "does not spell the change out"),
    ],
    ids=["no-transcripts", "no-sequence", "other-build", "unknown-gene", "other-bases", "symbolic"],
)
def test_where_nobody_could_look_it_says_why(library, variant, why):
    told = asked(library, **variant)
    assert isinstance(told, NotAssessed)
    assert why in told.reason
