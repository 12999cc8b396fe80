"""Turn published patients into feature rows, through the same code that ranks a real case."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zlib import crc32

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.case import Phenotype, Sex, Term
from models.evidence.assess import assess_variants
from models.evidence.phenotype import score_phenotype
from models.evidence.types import PhenotypeEvidence
from models.knowledge import Knowledge, frozen_annotations
from models.ranking.inputs import prepare
from models.ranking.ranking import feature_matrix
from models.ranking.training.backgrounds import SINGLES, TRAINING_FILES, TRIOS, Background, BackgroundReader
from models.ranking.training.kept_out import KeptOut
from models.ranking.training.labelled import Labelled
from models.ranking.training.mitochondrial import add_mitochondrion
from models.ranking.training.parameters import SEED
from models.ranking.training.published import LEAK_FREE_RELEASES, CausalVariant, PublishedCase
from models.ranking.training.spiked import BARE_FILE, Brought, spike
from models.ranking.types import DamageModel

FULL = Brought()
BARE = BARE_FILE
# What files bring, and how often a training case is given it.
PATTERNS = (
    (0.42, FULL),
    (0.10, replace(FULL, homozygotes=False)),
    (0.08, replace(FULL, protein=False)),
    (0.14, replace(FULL, genotype_quality=False, allele_reads=False)),
    (0.12, replace(FULL, frequency=False)),
    (0.14, BARE),
)
NO_TERMS_FRACTION, FEWER_TERMS_FRACTION = 0.06, 0.5
DE_NOVO_FRACTION, MOTHER_AFFECTED_FRACTION = 0.75, 0.15
# Frequency of causal variants the labelled tables do not know: share absent, and log10 range of the
# others, from those that they do know (75 homozygous, 58 compound heterozygous, 189 dominant).
_CAUSAL_FREQUENCY = {
    "single_het": (0.85, (-5.2, -4.5)),
    "hemizygous": (0.90, (-5.2, -4.5)),
    "homozygous": (0.42, (-5.1, -2.9)),
    "two_het": (0.48, (-5.1, -3.1)),
}
_SILENT = ("synonymous_variant", "intron_variant", "intergenic_variant", "3_prime_UTR_variant",
           "5_prime_UTR_variant", "non_coding_transcript_exon_variant", "upstream_gene_variant")  # fmt: skip
BA1 = 0.05


@dataclass(frozen=True, eq=False)
class Example:
    """One spiked case: features of every ranked row, which are causal, and the columns that order pairs.

    person: background file. people: 1, or 3 with parents.
    """

    case: PublishedCase
    person: str
    people: int
    features: NDArray[np.float32]
    is_causal: NDArray[np.bool_]
    evidence: pd.DataFrame


def drawn_pattern(generator: np.random.Generator) -> Brought:
    odds, patterns = zip(*PATTERNS, strict=True)
    chosen: Brought = patterns[int(generator.choice(len(patterns), p=odds))]
    return chosen


class ExampleMaker:
    """Spikes cases into backgrounds and computes their features.

    knowledge: by the annotation release that a case names. scorers: by the fold that a case names; in training one a
    fold, whose effect model has not seen the fold's gene families.
    """

    def __init__(
        self,
        reader: BackgroundReader,
        labelled: Labelled,
        knowledge: Mapping[str, Knowledge],
        scorers: Sequence[DamageModel],
    ) -> None:
        self._reader, self._labelled, self._scorers = reader, labelled, scorers
        self._knowledge = dict(knowledge)
        self._people: dict[tuple[object, ...], Background] = {}

    def _background(self, of: tuple[str, tuple[str, ...], Sex], brought: Brought) -> Background:
        """A person without the rows that would leave the funnel anyway."""
        key = (*of, brought.consequence, brought.frequency)
        if key not in self._people:
            any_release = next(iter(self._knowledge.values()))  # transcripts are the same in all
            whole = add_mitochondrion(self._reader.read(*of), any_release)
            self._people[key] = _thinned(whole, brought)
        return self._people[key]

    def knowledge_of(self, release: str) -> Knowledge:
        """Today's knowledge with the annotations of a frozen release."""
        return self._knowledge[release]

    def make(
        self,
        case: PublishedCase,
        of: tuple[str, tuple[str, ...], Sex],
        brought: Brought,
        generator: np.random.Generator,
        terms: Sequence[str] | None = None,
        is_de_novo: bool = True,
        mother_affected: bool = False,
    ) -> Example:
        """Features of one case spiked into the person or trio `of`."""
        knowledge, scorer = self._knowledge[case.release], self._scorers[case.fold]
        frequency = [self._frequency(v, case.model, generator) for v in case.variants]
        background = self._background(of, brought)
        made = spike(case, background, frequency, brought, generator, terms, is_de_novo, mother_affected)
        evidence = assess_variants(made.case, knowledge)
        phenotype = self._phenotype(made.case.phenotype, knowledge)
        features = feature_matrix(prepare(made.case, evidence, phenotype, knowledge, scorer))
        causal = np.isin(evidence.frame.index.to_numpy(), made.causal_rows)
        columns = ["gene", "partner_row", "compound_heterozygous", "gene_mode_fit"]
        return Example(case, background.name, len(background.people), features, causal, evidence.frame[columns])

    def _phenotype(self, phenotype: Phenotype, knowledge: Knowledge) -> PhenotypeEvidence:
        current = [Term(knowledge.hpo.replaced.get(t.id, t.id), t.label, t.excluded) for t in phenotype.terms]
        return score_phenotype(Phenotype(tuple(current)), knowledge)

    def _frequency(self, variant: CausalVariant, model: str, generator: np.random.Generator) -> float:
        """As the labelled tables know it, else drawn; 0 = absent. A frequency that BA1 excludes is not used."""
        table = self._labelled.variants
        known = float(table["af_fraction"].get(variant.key, np.nan))
        if known < BA1:  # NaN is not
            return known
        absent, (low, high) = _CAUSAL_FREQUENCY[model]
        drawn = 10.0 ** generator.uniform(low, high)
        return 0.0 if generator.random() < absent else float(drawn)


def training_maker(
    folder: Path, labelled: Labelled, knowledge: Knowledge, scorers: Sequence[DamageModel], kept_out: KeptOut
) -> ExampleMaker:
    """The maker of training and benchmarks, with the frozen releases of the shared `cases` folder.

    kept_out: alleles that no background person may bring.
    """
    links = folder / "kb" / "gene_disease_2025-01.parquet"
    frozen = {
        r: frozen_annotations(folder / "kb" / f"hpoa_{r}.parquet", links, knowledge.annotations, knowledge.hpo)
        for r in LEAK_FREE_RELEASES.values()
    }
    reader = BackgroundReader(folder / "backgrounds", labelled, knowledge, kept_out)
    releases = {release: replace(knowledge, annotations=notes) for release, notes in frozen.items()}
    return ExampleMaker(reader, labelled, releases, scorers)


def _thinned(background: Background, brought: Brought) -> Background:
    keep = np.ones(len(background.frame), dtype=bool)
    if brought.consequence:
        silent = background.frame["consequence"].isin(_SILENT) & (background.frame["chrom"] != "MT")
        keep &= ~silent.to_numpy()
    if brought.frequency:
        keep &= ~(background.frame["af_fraction"].to_numpy() > BA1)
    frame = background.frame[keep].reset_index(drop=True)
    return replace(background, frame=frame, copies=background.copies[keep], depth=background.depth[keep])


def fitting_people(
    case: PublishedCase, of: Sequence[tuple[str, tuple[str, ...], Sex]]
) -> list[tuple[str, tuple[str, ...], Sex]]:
    """Backgrounds whose sex can carry the case: a hemizygous variant needs a male."""
    if case.model == "hemizygous":
        return [o for o in of if o[2] is Sex.MALE]
    return list(of)


def drawn_terms(case: PublishedCase, generator: np.random.Generator) -> tuple[str, ...]:
    """All terms, some of them, or none: as complete as people's records are."""
    luck = generator.random()
    if luck < NO_TERMS_FRACTION:
        return ()
    if luck < NO_TERMS_FRACTION + FEWER_TERMS_FRACTION and len(case.terms) > 3:
        size = int(generator.integers(3, len(case.terms)))
        return tuple(sorted(generator.choice(np.array(case.terms), size, replace=False).tolist()))
    return case.terms


def training_examples(maker: ExampleMaker, cases: Sequence[PublishedCase]) -> Iterator[Example]:
    """Every case once, alone or with parents in turn; what its file brings is drawn at random."""
    for number, case in enumerate(cases):
        generator = np.random.default_rng([SEED, crc32(case.case_id.encode())])
        people = [o for o in (SINGLES, TRIOS)[number % 2] if o[0] in TRAINING_FILES]
        fitting = fitting_people(case, people)
        of = fitting[int(generator.integers(len(fitting)))]
        luck = 0.99 if case.variants[0].chrom == "MT" else generator.random()  # mothers pass it on
        affected = DE_NOVO_FRACTION <= luck < DE_NOVO_FRACTION + MOTHER_AFFECTED_FRACTION
        yield maker.make(
            case, of, drawn_pattern(generator), generator, drawn_terms(case, generator),
            is_de_novo=luck < DE_NOVO_FRACTION, mother_affected=affected and case.model == "single_het",
        )  # fmt: skip
