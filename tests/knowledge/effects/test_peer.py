"""Our consequences are those of bcftools csq, on random alleles of a made-up genome."""

import random

import pytest

from models.case import Assembly
from models.knowledge.effects.layout import laid_out
from models.knowledge.effects.predict import effects_on
from tests.knowledge.effects.peer import by_csq, genome
from tests.knowledge.effects.toy import alleles, reference

# Told by one of the two only: csq does not add the intron to a splice term, nor say what is nearby.
NOT_COMPARED = {"intron_variant", "upstream_gene_variant", "downstream_gene_variant"}


def random_rows(rng, text, models, kind, count):
    places = [p for m in models for p in range(m.exons[0][0], m.exons[-1][1] + 1)]
    rows = set()
    while len(rows) < count:
        pos = rng.choice(places)
        ref = text[pos - 1]
        if kind == "deletion":
            rows.add(("1", pos, text[pos - 1 : pos + rng.randint(1, 7)], ref))
        elif kind == "insertion":
            rows.add(("1", pos, ref, ref + "".join(rng.choices("ACGT", k=rng.randint(1, 6)))))
        else:
            ref = text[pos - 1 : pos - 1 + (1 if kind == "substitution" else rng.randint(2, 4))]
            rows.add(("1", pos, ref, "".join(rng.choice("ACGT".replace(base, "")) for base in ref)))
    return sorted(rows)


def compared(terms):
    return terms - NOT_COMPARED


def both(folder, kind, count):
    text, models = genome(11, 40)
    rows = random_rows(random.Random(12), text, models, kind, count)
    theirs = by_csq(folder, text, models, rows)
    layout = laid_out(models, [0] * len(models), Assembly.GRCH38)
    ours = effects_on(layout, alleles(*rows), reference(folder, {"1": text}))
    return list(zip(rows, (set(c.split("&")) for c in ours["consequence"]), theirs, ours["hgvs_c"], strict=True))


def test_every_substitution_has_the_consequence_that_csq_gives_it(tmp_path):
    rows = both(tmp_path, "substitution", 4000)
    assert len(set().union(*(theirs for _, _, theirs, _ in rows))) >= 11
    assert [row for row, ours, theirs, _ in rows if compared(ours) != compared(theirs)] == []


@pytest.mark.parametrize(("kind", "least"), [("deletion", 0.94), ("insertion", 0.95), ("several bases", 0.98)])
def test_nearly_every_other_allele_has_the_consequence_that_csq_gives_it(tmp_path, kind, least):
    """They differ by design where VEP and csq do: a stop at once in a shifted frame, a change across the border
    of an exon, a start or stop codon that is there again after the change, an insertion at a splice site."""
    rows = both(tmp_path, kind, 3000)
    differing = [(row, ours, theirs, c) for row, ours, theirs, c in rows if compared(ours) != compared(theirs)]
    assert len(differing) <= (1 - least) * len(rows), differing[:20]
