"""Columns of positions are placed exactly as single ones are."""

import numpy as np
import pytest

from models.case import Assembly
from models.knowledge.effects.layout import NEARBY_BASES, laid_out, layout_of
from models.knowledge.effects.spliced import spliced
from tests.knowledge.effects.toy import mane, transcript


def some_transcripts(layout):
    sizes = np.diff(np.append(layout.first_exon, len(layout.head)))
    return np.unique(np.concatenate([np.arange(0, len(layout.plans), 311), np.flatnonzero(sizes > 120)]))


def test_every_kind_of_position_of_mane_is_placed_as_one_transcript_places_it():
    layout, rng = layout_of(mane()), np.random.default_rng(4)
    for t in some_transcripts(layout):
        model = layout.plans[t].model
        edges = np.array(model.exons).ravel()
        near = (edges[:, None] + np.arange(-4, 5)).ravel()
        pos = np.concatenate([near, rng.integers(layout.start[t], layout.end[t] + 1, 50)])
        pos = pos[(pos >= layout.start[t]) & (pos <= layout.end[t])]
        which = np.full(len(pos), t)
        places = layout.places(which, pos)
        one = [spliced(model).place(int(p)) for p in pos]
        assert places.anchor.tolist() == [p.anchor for p in one]
        assert places.into_intron.tolist() == [p.into_intron for p in one]
        assert (places.exon + 1).tolist() == [p.exon for p in one]
        exonic = places.into_intron == 0
        assert layout.genomic(which[exonic], places.anchor[exonic]).tolist() == pos[exonic].tolist()


def test_the_distance_to_a_junction_is_counted_inside_the_exon_and_not_at_the_transcripts_ends():
    layout = laid_out((transcript(), transcript("-")), [0, 0], Assembly.GRCH38)
    for t in (0, 1):
        edge = layout.places(np.full(6, t), np.array([11, 20, 19, 31, 45, 90])).edge
        assert edge[1:5].tolist() == [0, 1, 0, 0]
        assert edge[0] == 9
        assert edge[5] == 29


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        (50, 50, [0]),
        (90 + NEARBY_BASES, 90 + NEARBY_BASES, [0, 1]),
        (91 + NEARBY_BASES, 91 + NEARBY_BASES, [1]),
        (50, 1000, [0, 1]),
        (30_000, 30_000, []),
    ],
)
def test_a_span_finds_every_transcript_it_touches_or_lies_near(start, end, found):
    other = transcript(exons=((6000, 6100),), cds=(0, 0))
    layout = laid_out((transcript(), other, transcript(chrom="2")), [0, 0, 0], Assembly.GRCH38)
    assert layout.pairs(np.array([1], np.uint8), np.array([start]), np.array([end])).transcript.tolist() == found


def test_random_spans_on_mane_find_what_a_search_of_every_transcript_finds():
    layout, rng = layout_of(mane()), np.random.default_rng(5)
    contig = rng.choice([1, 6, 19, 23, 25, 0], 400).astype(np.uint8)
    start = np.where(contig == 25, rng.integers(1, 16_500, 400), rng.integers(1, 58_000_000, 400))
    end = start + rng.choice([0, 0, 1, 40, 200_000], 400)
    pairs = layout.pairs(contig, start, end)
    found = set(zip(pairs.row.tolist(), pairs.transcript.tolist(), strict=True))
    near = (
        (layout.contig[None] == contig[:, None])
        & (contig[:, None] > 0)
        & (layout.start[None] - NEARBY_BASES <= end[:, None])
        & (layout.end[None] + NEARBY_BASES >= start[:, None])
    )
    assert found == set(zip(*(a.tolist() for a in np.nonzero(near)), strict=True))
    assert len(pairs.row) == len(found)
    assert (np.diff(pairs.row) >= 0).all()


def test_no_rows_have_no_pairs():
    empty = np.zeros(0, np.int64)
    assert len(layout_of(mane()).pairs(empty.astype(np.uint8), empty, empty).row) == 0
