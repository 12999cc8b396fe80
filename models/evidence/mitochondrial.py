"""How people write what is on mitochondrial DNA: "m.3243A>G", and heteroplasmy instead of a genotype."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from models.evidence.family import Calls
from models.evidence.inheritance import HOMOPLASMIC_FRACTION
from models.evidence.regions import MITOCHONDRION
from models.evidence.words import percent


def mitochondrial_name(facts: Mapping[str, Any]) -> str:
    """ "m.3243A>G" of a row of the variant frame; "" elsewhere in the genome and for alleles without a sequence.

    Insertions and deletions stand where the file aligns them: HGVS moves them to the last of equal
    positions, which needs the reference. A name the file itself gives ("m.8271_8279del") is kept.
    """
    if facts["chrom"] != MITOCHONDRION:
        return ""
    written = str(facts.get("hgvs_c") or "")
    if written.startswith("m."):
        return written
    ref, alt, pos = str(facts["ref"]), str(facts["alt"]), int(facts["pos_1based"])
    if not ref or not alt or set(ref + alt) - set("ACGT"):
        return ""
    if len(ref) == len(alt) == 1:
        return f"m.{pos}{ref}>{alt}"
    return f"m.{_indel(pos, ref, alt)}"


def _indel(pos: int, ref: str, alt: str) -> str:
    anchored = ref[0] == alt[0] and min(len(ref), len(alt)) == 1
    if anchored and len(alt) > 1:
        return f"{pos}_{pos + 1}ins{alt[1:]}"
    if anchored:
        return f"{_span(pos + 1, pos + len(ref) - 1)}del"
    return f"{_span(pos, pos + len(ref) - 1)}delins{alt}"


def _span(start: int, end: int) -> str:
    return str(start) if start == end else f"{start}_{end}"


def heteroplasmy_words(calls: Calls) -> str:
    """One person's call (one row): "heteroplasmy 37 % (36 of 98 reads)", "homoplasmic 99 % (97 of 98 reads)".

    Homoplasmic from HOMOPLASMIC_FRACTION on. A call without the variant says "not seen (0 of 40 reads)",
    or which share of the reads shows it all the same; "not called" when nothing was called.
    """
    fraction = float(calls.balance_fraction[0])
    share = "" if np.isnan(fraction) else f" {_share(fraction)}{_of_reads(calls)}"
    if calls.carries[0]:
        if not share:
            return "homoplasmic by genotype" if calls.all_alt[0] else "heteroplasmy, fraction not written"
        return ("homoplasmic" if fraction >= np.float32(HOMOPLASMIC_FRACTION) else "heteroplasmy") + share
    if not calls.reference[0]:
        return "not called"
    return f"called without it, seen in{share}" if fraction > 0 else f"not seen{_of_reads(calls)}"


def _share(fraction: float) -> str:
    """Whole per cent, and never a rounded 0 % for what was seen or 100 % for what is mixed."""
    return percent(fraction, 0 if 0.01 <= fraction <= 0.99 or fraction == 1 else 1)


def _of_reads(calls: Calls) -> str:
    known = calls.alt_reads[0] >= 0 and calls.depth_reads[0] >= 0
    return f" ({calls.alt_reads[0]} of {calls.depth_reads[0]} reads)" if known else ""
