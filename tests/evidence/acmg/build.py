"""Facts of variants in a small made-up gene without an expert panel; they read like a sentence.

TOY codes 199 residues in four exons: coding bases 1-100, 101-200, 201-400, 401-600. Its last junction lies behind base
400, so a stop up to residue 117 (base 349) leads to decay.
"""

from dataclasses import replace
from typing import Any

from models.case import Absent, Assembly, Found, NotAssessed
from models.evidence.acmg.facts import Facts, FamilyFacts, Frequency, GeneFacts, Neighbour, Predictors
from models.evidence.acmg.place import Coding, Place, Point, SpliceSite
from models.evidence.acmg.protein_name import protein_change
from models.evidence.acmg.specifications import Specification, specification

CODING = Coding(((-49, 100), (101, 200), (201, 400), (401, 700)), 600)
HAPLOINSUFFICIENT = GeneFacts(Found(0.1), Found(4.0), Found(3), Found("Definitive"), frozenset({"AD"}))
RECESSIVE = replace(HAPLOINSUFFICIENT, haploinsufficiency=Found(30), modes=frozenset({"AR"}))
UNKNOWN_EFFECT = Facts("TOY", assembly=Assembly.GRCH38)
_TERMS = {"Ter": "stop_gained", "fs": "frameshift_variant", "=": "synonymous_variant"}


def exon_of(cds: int) -> int:
    return next(i for i, (low, high) in enumerate(CODING.exons, start=1) if low <= cds <= high)


def at(cds: int, offset: int = 0, last: int | None = None, *sites: SpliceSite) -> Found[Place]:
    """A change at a coding position, or `offset` bases into the intron beside it."""
    end = last or cds
    return Found(Place(CODING, Point(exon_of(cds), cds, offset), Point(exon_of(end), end, offset), sites))


def a_change(hgvs_p: str, **more: Any) -> Facts:
    """A coding change of TOY by its protein name."""
    change = protein_change(hgvs_p)
    term = next((t for word, t in _TERMS.items() if hgvs_p.endswith(word)), "missense_variant")
    given: dict[str, Any] = {
        "consequences": Found(frozenset({term})),
        "protein": Found(change),
        "place": at(3 * change.first - 2, 0, 3 * change.last - 2),
        "gene_facts": HAPLOINSUFFICIENT,
    }
    return replace(UNKNOWN_EFFECT, **(given | more))


def a_missense(**more: Any) -> Facts:
    return a_change("p.Arg100His", **more)


def an_in_frame_deletion(**more: Any) -> Facts:
    return a_change("p.Glu50_Glu51del", **({"consequences": Found(frozenset({"inframe_deletion"}))} | more))


def at_a_site(exon: int, *, is_donor: bool = True, **more: Any) -> Facts:
    """A change of a canonical splice site."""
    cds = CODING.exons[exon - 1][1 if is_donor else 0]
    term = "splice_donor_variant" if is_donor else "splice_acceptor_variant"
    place = at(cds, 1 if is_donor else -1, None, SpliceSite(is_donor, exon))
    given: dict[str, Any] = {
        "consequences": Found(frozenset({term})),
        "protein": Absent(),
        "place": place,
        "gene_facts": HAPLOINSUFFICIENT,
    }
    return replace(UNKNOWN_EFFECT, **(given | more))


def in_intron(offset: int, **more: Any) -> Facts:
    """A change `offset` bases behind exon 1 (or, negative, before exon 2)."""
    place = at(100 if offset > 0 else 101, offset)
    given: dict[str, Any] = {"consequences": Found(frozenset({"intron_variant"})), "protein": Absent(), "place": place}
    return replace(UNKNOWN_EFFECT, gene_facts=HAPLOINSUFFICIENT, **(given | more))


def seen(fraction: float | None, homozygotes: int = 0, alleles: int = 250_000, **more: Any) -> Frequency:
    """A frequency that was looked up; None: nobody carries it."""
    if fraction is None:
        return Frequency(Absent("gnomAD"), "", Absent(), Absent(), Absent(), Absent())
    count = Found(round(fraction * alleles))
    return Frequency(
        Found(fraction, "gnomAD"), "nfe", Found(fraction), count, Found(alleles), Found(homozygotes), **more
    )


def scored(**scores: float) -> Predictors:
    """Predictors by name; those not named were not looked up."""
    return Predictors(**{name: Found(value) for name, value in scores.items()})


def beside(*neighbours: tuple[str, str, int]) -> Found[tuple[Neighbour, ...]]:
    """Neighbours in ClinVar: (protein name, class, stars)."""
    return Found(tuple(Neighbour(name, protein_change(name), c, stars) for name, c, stars in neighbours))


def in_family(**more: Any) -> FamilyFacts:
    return FamilyFacts(**more)


def panel(gene: str = "PAH", **more: Any) -> Specification:
    """A real panel's rules with some of them set as the test needs."""
    found = specification(gene)
    assert found is not None
    return replace(found, **more)


NOT_LOOKED = NotAssessed("it was not looked up")
