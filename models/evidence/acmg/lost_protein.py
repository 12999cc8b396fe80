"""How much of the protein a loss-of-function change takes: the decision tree of PVS1.

Abou Tayoun 2018 (Hum Mutat 39:1517, PMID:30192042), figure 1: decay of the messenger is very strong; a protein that is
cut short or lacks an exon is strong when a part known to be critical, or more than a tenth, is lost, else
moderate; loss of the start codon is moderate.
"""

from dataclasses import dataclass

from models.evidence.acmg.facts import Facts
from models.evidence.acmg.place import Coding, Place, SpliceSite
from models.evidence.acmg.specifications import Specification, TruncatedAt
from models.evidence.acmg.types import Strength
from models.evidence.acmg.words import protein_of

# A premature stop more than 50 bases before the last exon-exon junction is expected to lead to nonsense-mediated
# decay; in the last exon, or in the last 50 bases of the one before, it is not (Abou Tayoun 2018, PMID:30192042).
NMD_ESCAPE_BASES = 50
# "Variant removes > 10 % of protein" (figure 1).
MUCH_OF_PROTEIN_FRACTION = 0.10
# Of random codons 3 in 64 are stops, so 19 in 20 shifted frames meet one within 62 codons: where a name does not
# tell the new stop, it is looked for no further than that.
UNKNOWN_STOP_BASES = 186


@dataclass(frozen=True)
class Loss:
    """strength None: PVS1 is not met. source: "" is the decision tree."""

    strength: Strength | None
    reason: str
    source: str = ""


def premature_stop(
    coding: Coding, residue: int, panel: Specification | None, *, at_least: bool = False, change: str = "nonsense"
) -> Loss:
    """A stop at `residue`. at_least: a frameshift whose new stop lies there or further on. change: "nonsense" or
    "frameshift", which some panels tell apart."""
    first_base = 3 * residue - 2
    if residue > coding.protein_length:
        return Loss(None, f"behind the last of {coding.protein_length} residues")
    where = f"stop at residue {residue} of {coding.protein_length}" + (" or behind" if at_least else "")
    if panel and (told := _told_by_panel(residue, change, panel)):
        return Loss(told.strength, f"{where}, among {told.first} to {told.last} of the panel's tree", panel.source)
    latest = first_base + (UNKNOWN_STOP_BASES if at_least else 0)
    if leads_to_decay(coding, latest):
        before = coding.last_junction - first_base + 1
        return Loss(Strength.VERY_STRONG, f"{where}, {before} bases before the last exon junction: decay is predicted")
    sure = "may not lead to decay" if leads_to_decay(coding, first_base) else "no decay"
    if panel and panel.pvs1.escape:
        return Loss(panel.pvs1.escape, f"{where}, in the last exon or near it: {sure}", panel.source)
    return _cut((residue, coding.protein_length), coding, panel, f"{where}, in the last exon or near it: {sure}")


def _told_by_panel(residue: int, change: str, panel: Specification) -> TruncatedAt | None:
    """What the panel's own decision tree says of a stop there, None where it says nothing."""
    told = (t for t in panel.pvs1.truncating if t.change in ("any", change))
    return next((t for t in told if t.first <= residue <= t.last), None)


def lost_start(panel: Specification | None) -> Loss:
    """Moderate, unless the panel says otherwise."""
    said = "the start codon is lost"
    if panel and not panel.pvs1.start_loss_applies:
        return Loss(None, f"{said}, to which the panel does not apply PVS1", panel.source)
    if panel and panel.pvs1.start_loss:
        return Loss(panel.pvs1.start_loss, said, panel.source)
    return Loss(Strength.MODERATE, said)


def stop_residue(facts: Facts, place: Place) -> int:
    """Residue of the premature stop: where a frameshift's name does not tell it, the first residue changed."""
    change = protein_of(facts)
    further = change.new_stop - 1 if change and change.new_stop else 0
    return place.residues[0] + further


def leads_to_decay(coding: Coding, cds: int) -> bool:
    """A stop whose first base is at coding position `cds` lies more than 50 bases before the last junction."""
    return len(coding.exons) > 1 and coding.last_junction + 1 - cds > NMD_ESCAPE_BASES


def lost_site(coding: Coding, site: SpliceSite, panel: Specification | None) -> Loss | None:
    """A canonical site is changed: the exon beside it is taken to be skipped.

    None where the site lies before the start codon or behind the stop: what follows then only RNA can tell.
    """
    named = f"the {'donor' if site.is_donor else 'acceptor'} of exon {site.exon} of {len(coding.exons)} is lost"
    if panel and site.exon in panel.pvs1_exons:
        return Loss(panel.pvs1_exons[site.exon], named, panel.source)
    first, last = coding.exons[site.exon - 1]
    if last > coding.cds_length_bases if site.is_donor else first < 1:
        return None
    return without_exons(coding, (site.exon,), panel, named)


def without_exons(coding: Coding, exons: tuple[int, ...], panel: Specification | None, named: str) -> Loss:
    """The transcript without `exons` (consecutive, 1-based)."""
    bases = sum(coding.coding_bases(e) for e in exons)
    if bases == 0:
        return Loss(None, f"{named}, which codes nothing")
    if bases == coding.cds_length_bases:
        return Loss(Strength.VERY_STRONG, f"{named}: nothing of the protein is left")
    first, last = max(coding.exons[exons[0] - 1][0], 1), min(coding.exons[exons[-1] - 1][1], coding.cds_length_bases)
    lost = ((first + 2) // 3, min((last + 2) // 3, coding.protein_length))
    if first == 1:
        return Loss(Strength.STRONG, f"{named}, with the start codon and {bases} coding bases")
    if last == coding.cds_length_bases or bases % 3 == 0:
        how = "in frame" if bases % 3 == 0 else "the end of the protein"
        return _cut(lost, coding, panel, f"{named}: {bases} bases, {how}")
    return _shifted(coding, exons, panel, f"{named}: {bases} bases")


def _shifted(coding: Coding, exons: tuple[int, ...], panel: Specification | None, named: str) -> Loss:
    """The frame shifts where the exon after `exons` begins."""
    if leads_to_decay(coding, coding.exons[exons[-1]][0]):
        return Loss(Strength.VERY_STRONG, f"{named}, the frame shifts and decay is predicted")
    to_end = ((max(coding.exons[exons[0] - 1][0], 1) + 2) // 3, coding.protein_length)
    return _cut(to_end, coding, panel, f"{named}, the frame shifts too late for decay")


def _cut(lost: tuple[int, int], coding: Coding, panel: Specification | None, named: str) -> Loss:
    """The protein stays without residues `lost`."""
    fraction = (lost[1] - lost[0] + 1) / coding.protein_length
    said = f"{named}; {fraction:.0%} of the protein lost"
    if panel and _is_critical(lost, panel):
        return Loss(Strength.STRONG, f"{said}, among it a part that the panel calls critical", panel.source)
    much = fraction > MUCH_OF_PROTEIN_FRACTION
    return Loss(Strength.STRONG if much else Strength.MODERATE, f"{said}, limit {MUCH_OF_PROTEIN_FRACTION:.0%}")


def _is_critical(lost: tuple[int, int], panel: Specification) -> bool:
    """The panel's PM1 regions are the parts it calls critical."""
    return any(
        r.first <= lost[1] and r.last >= lost[0] and r.strength is not None and r.strength is not Strength.SUPPORTING
        for r in panel.pm1_regions
    )


def deleted_exons(place: Place) -> tuple[int, ...]:
    """Exons that lie wholly between the first and the last base touched, 1-based."""
    first, last, exons = place.first, place.last, place.coding.exons
    found = []
    for number in range(first.exon, last.exon + 1):
        starts = number > first.exon or (first.cds == exons[number - 1][0] and first.offset <= 0)
        ends = number < last.exon or (last.cds == exons[number - 1][1] and last.offset >= 0)
        if starts and ends:
            found.append(number)
    return tuple(found)
