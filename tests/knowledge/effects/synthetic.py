"""The sample patients' made-up genome as an installed reference, where their variants and genes are."""

import numpy as np

from models.case import Assembly
from models.knowledge.effects.genetic_code import CODE_OF_LETTER, UNKNOWN_BASE
from models.knowledge.effects.layout import laid_out, layout_of
from models.knowledge.effects.packed import LETTERS
from models.knowledge.effects.reference import Reference
from models.knowledge.positions.alleles import CONTIGS
from models.knowledge.types import TranscriptModel
from sample_data.patients import PATIENTS
from sample_data.recipe.folder import build_sites
from sample_data.recipe.genome import Genome
from tests.knowledge.effects.toy import mane

AROUND_BASES = 60


class Patches:
    """A genome of which only some stretches are known; as models.knowledge.effects.packed.Packed."""

    def __init__(self, known):
        self.places = np.array(sorted(known), np.int64)
        self.letters = np.array([CODE_OF_LETTER[ord(known[place])] for place in self.places.tolist()], np.uint8)

    def codes(self, contig, pos_1based):
        wanted = contig.astype(np.int64) * (1 << 32) + pos_1based
        at = np.minimum(np.searchsorted(self.places, wanted), len(self.places) - 1)
        return np.where(self.places[at] == wanted, self.letters[at], UNKNOWN_BASE).astype(np.uint8)

    def bases(self, contig, start_1based, end_1based):
        pos = np.arange(start_1based, end_1based + 1)
        return LETTERS[self.codes(np.full(len(pos), contig), pos)].tobytes().decode()


def patient(slug):
    """(layout, reference, rows): a row is a site and one of its spelled-out alleles, with what the file says of it."""
    recipe = next(p for p in PATIENTS if p.slug == slug)
    published = (*recipe.causal, *recipe.incidental, *recipe.carried_by_the_way)
    genome, assembly = Genome(recipe.assembly, published), Assembly(recipe.assembly)
    sites = build_sites(recipe, genome, published)
    rows = [(site, alt) for site in sites for alt in site.alts if alt.text.isalpha()]
    known = {}
    for chrom, start, end in {span for site, alt in rows for span in _needed(site, alt)}:
        first = (CONTIGS.index(chrom) << 32) + start
        known |= {first + i: base for i, base in enumerate(genome.sequence(chrom, start, end)) if start + i > 0}
    for site, _ in rows:
        first = (CONTIGS.index(site.chrom) << 32) + site.pos
        known |= {first + i: base for i, base in enumerate(site.ref)}
    return _layout(genome, assembly), Reference(assembly, "synthetic genome", Patches(known)), rows


def _needed(site, alt):
    """Stretches that the change has to be read from: around it, its codon, and all exons where the frame may shift."""
    around = 2 if len(site.ref) == len(alt.text) else AROUND_BASES
    yield site.chrom, site.pos - around, site.pos + len(site.ref) + around
    gene, cds = alt.effect.gene, alt.effect.cds_pos
    if cds and len(site.ref) == len(alt.text):
        first = (cds - 1) // 3 * 3
        yield from ((site.chrom, pos, pos) for pos in gene.cds_positions[first : first + 3])
    elif cds:
        yield from ((site.chrom, *exon) for exon in gene.exons)


def _layout(genome, assembly):
    if assembly is Assembly.GRCH38:
        return layout_of(mane())
    models = tuple(
        TranscriptModel(
            g.symbol,
            g.chrom,
            g.strand,
            g.refseq_transcript,
            g.ensembl_transcript,
            "MANE Select",
            g.exons,
            g.cds_start,
            g.cds_end,
        )
        for g in genome.genes.values()
    )
    return laid_out(models, [0] * len(models), assembly)
