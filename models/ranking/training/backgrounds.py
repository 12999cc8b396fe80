"""Real people's variants, annotated as a pipeline would have annotated them.

Data: `cases/backgrounds` (five public exomes, three of them trios; GT and DP only). Gene and region
are real (MANE by position), genotypes and depths are real; consequence and frequency are simulated
where the labelled tables do not know the variant, because no reference sequence and no frequency
table is here. What this cannot represent is written in docs/decisions/0002-ranker.md.
"""

import gzip
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.case import Sex, canonical_chrom
from models.errors import InputError
from models.knowledge import Knowledge
from models.ranking.training.kept_out import KeptOut
from models.ranking.training.labelled import Labelled

# (file, columns proband-father-mother or one person, sex of the first). bg01 is left out: 93 % of its
# calls are heterozygous, which no person's are.
TRIOS = (
    ("bg02_imgag_trio1", ("CHILD", "FATHER", "MOTHER"), Sex.MALE),
    ("bg03_imgag_trio2", ("CHILD", "FATHER", "MOTHER"), Sex.MALE),
    ("bg04_imgag_trio3", ("CHILD", "FATHER", "MOTHER"), Sex.FEMALE),
)
SINGLES = (
    ("bg02_imgag_trio1", ("CHILD",), Sex.MALE),
    ("bg03_imgag_trio2", ("CHILD",), Sex.MALE),
    ("bg02_imgag_trio1", ("FATHER",), Sex.MALE),
    ("bg02_imgag_trio1", ("MOTHER",), Sex.FEMALE),
    ("bg03_imgag_trio2", ("FATHER",), Sex.MALE),
    ("bg03_imgag_trio2", ("MOTHER",), Sex.FEMALE),
    ("bg04_imgag_trio3", ("FATHER",), Sex.MALE),
    ("bg04_imgag_trio3", ("MOTHER",), Sex.FEMALE),
    ("bg05_mendelmd_NA12878_singleton", ("NA12878",), Sex.FEMALE),
)
# People to learn from. The others, a family and a singleton, are kept for measuring.
TRAINING_FILES = ("bg02_imgag_trio1", "bg03_imgag_trio2")
FILES = tuple(dict.fromkeys(name for name, _, _ in (*TRIOS, *SINGLES)))

# Consequences of rare coding single-base changes a person carries, in round numbers (1000 Genomes,
# Nature 2015;526:68; gnomAD, Nature 2020;581:434): used where the labelled tables do not say.
_CODING_SNV = {"missense_variant": 0.61, "synonymous_variant": 0.37, "stop_gained": 0.015, "start_lost": 0.005}
_SPLICE = {"splice_region_variant": 0.96, "splice_donor_variant": 0.02, "splice_acceptor_variant": 0.02}
# Share of common (>= 5 %) variants among those that another family here carries too, and among those that
# none does: of about 68,000 calls a child has, 5,300 are neither shared nor on a list of common SNPs
# (SOURCES of the backgrounds). The others get a frequency that rises in its logarithm.
_COMMON_SHARED, _COMMON_UNSHARED, _ABSENT_FRACTION = 0.92, 0.60, 0.04
_COMMON_LOG10, _RARE_LOG10 = (-1.3, -0.05), (-5.4, -1.3)


@dataclass(frozen=True, eq=False)
class Background:
    """One person, or a trio with the proband first. calls, depth: (rows, people); copies of the ALT.

    frame: chrom, pos_1based, ref, alt, qual_phred, filter, gene, region, consequence, hgvs_p, af_fraction
    (0 = looked up and absent).
    """

    name: str
    people: tuple[str, ...]
    sex: Sex
    frame: pd.DataFrame
    copies: NDArray[np.int8]
    depth: NDArray[np.int32]


def read_calls(path: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(sites, genotype texts by sample) of one background file; raises InputError when it is no such file."""
    try:
        with gzip.open(path, "rt") as lines:
            skip = next(i for i, line in enumerate(lines) if line.startswith("#CHROM"))
        table = pd.read_csv(path, sep="\t", skiprows=skip, dtype=str, keep_default_na=False, quoting=3)
    except FileNotFoundError as fault:
        raise InputError("no such background exome; give the folder that holds it.", path.name) from fault
    except (OSError, EOFError, StopIteration, ValueError) as fault:
        raise InputError("this background exome is not a gzipped VCF; fetch it again.", path.name) from fault
    sites = pd.DataFrame(
        {
            "chrom": table["#CHROM"].map(canonical_chrom),
            "pos_1based": table["POS"].astype("int32"),
            "ref": table["REF"],
            "alt": table["ALT"],
            "qual_phred": pd.to_numeric(table["QUAL"], errors="coerce").astype("float32"),
            "filter": table["FILTER"],
        }
    )
    return sites, table.iloc[:, 9:]


def _copies(genotypes: pd.Series) -> NDArray[np.int8]:
    """Copies of the ALT, -1 not called."""
    text = genotypes.str.partition(":")[0]
    known = {"0/0": 0, "0/1": 1, "1/0": 1, "1/1": 2, "0|1": 1, "1|0": 1, "1|1": 2, "0|0": 0, "1": 1, "0": 0}
    return np.asarray(text.map(known).fillna(-1), dtype=np.int8)


def _depths(genotypes: pd.Series) -> NDArray[np.int32]:
    text = genotypes.str.partition(":")[2].str.partition(":")[0]
    return np.asarray(pd.to_numeric(text, errors="coerce").fillna(-1), dtype=np.int32)


class BackgroundReader:
    """Reads each file once and annotates it once.

    files: names without ".hg38.vcf.gz"; a variant that two of them share is taken for a common one more often.
    """

    def __init__(
        self,
        folder: Path,
        labelled: Labelled,
        knowledge: Knowledge,
        kept_out: KeptOut,
        files: Collection[str] = FILES,
    ) -> None:
        self._labelled, self._knowledge = labelled, knowledge
        self._files = {name: _without(kept_out, *read_calls(folder / f"{name}.hg38.vcf.gz")) for name in files}
        self._carriers = pd.concat([s["key"] for s, _ in self._files.values()]).value_counts()
        self._annotated: dict[str, pd.DataFrame] = {}

    def people_in(self, name: str) -> tuple[str, ...]:
        """Whose genotypes the file `name` brings."""
        return tuple(self._files[name][1].columns)

    def read(self, name: str, people: tuple[str, ...], sex: Sex) -> Background:
        """The variants that the first of `people` carries."""
        sites, genotypes = self._files[name]
        if name not in self._annotated:
            self._annotated[name] = self._annotate(sites, np.random.default_rng(len(sites)))
        carried = _copies(genotypes[people[0]]) > 0
        calls = genotypes[carried]
        copies = np.column_stack([_copies(calls[p]) for p in people])
        depth = np.column_stack([_depths(calls[p]) for p in people])
        return Background(name, people, sex, self._annotated[name][carried].reset_index(drop=True), copies, depth)

    def _annotate(self, sites: pd.DataFrame, generator: np.random.Generator) -> pd.DataFrame:
        end = sites["pos_1based"].to_numpy() + sites["ref"].str.len().to_numpy() - 1
        gene, region = self._knowledge.transcripts.locate(sites["chrom"], sites["pos_1based"].to_numpy(), end)
        known = self._labelled.variants.reindex(sites["key"])
        drawn = simulated_consequence(sites, region, generator)
        consequence = known["consequence"].fillna(pd.Series(drawn, index=known.index)).to_numpy(dtype=object)
        shared = self._carriers.reindex(sites["key"]).to_numpy() > 1
        frequency = known["af_fraction"].to_numpy(dtype=np.float64)
        frequency = np.where(np.isnan(frequency), simulated_frequency(shared, generator), frequency)
        protein = generator.choice(self._labelled.tolerated, size=len(sites))
        protein = np.where(consequence == "missense_variant", protein, "")
        return sites.assign(gene=gene, region=region, consequence=consequence, hgvs_p=protein, af_fraction=frequency)


def _without(kept_out: KeptOut, sites: pd.DataFrame, calls: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Sites with their keys, and calls, neither at an allele kept out."""
    sites = kept_out.rows(sites.assign(key=_keys(sites)), "key", "background_calls")
    return sites.reset_index(drop=True), calls.loc[sites.index].reset_index(drop=True)


def _keys(sites: pd.DataFrame) -> pd.Series:
    return sites["chrom"] + "-" + sites["pos_1based"].astype(str) + "-" + sites["ref"] + "-" + sites["alt"]


def _draw(odds: dict[str, float], size: int, generator: np.random.Generator) -> NDArray[np.object_]:
    return generator.choice(np.array(list(odds), dtype=object), size=size, p=list(odds.values()))


def simulated_consequence(
    sites: pd.DataFrame, region: NDArray[np.object_], generator: np.random.Generator
) -> NDArray[np.object_]:
    """By region and length; single-base coding and splice-region changes are drawn."""
    shift = sites["alt"].str.len().to_numpy() - sites["ref"].str.len().to_numpy()
    plain = {"utr": "3_prime_UTR_variant", "intron": "intron_variant", "rna": "non_coding_transcript_exon_variant"}
    answer = np.array([plain.get(r, "intergenic_variant") for r in region], dtype=object)
    coding = region == "coding"
    answer[coding] = _draw(_CODING_SNV, int(coding.sum()), generator)
    answer[coding & (shift != 0) & (shift % 3 == 0)] = "inframe_deletion"
    answer[coding & (shift % 3 != 0)] = "frameshift_variant"
    splice = region == "splice"
    answer[splice] = _draw(_SPLICE, int(splice.sum()), generator)
    return answer


def simulated_frequency(shared: NDArray[np.bool_], generator: np.random.Generator) -> NDArray[np.float64]:
    """0 = absent. What one person carries is mostly common, and the rest mostly not so rare."""
    rows = len(shared)
    low, high = _RARE_LOG10
    rare = 10.0 ** (low + (high - low) * np.sqrt(generator.random(rows)))
    rare[generator.random(rows) < _ABSENT_FRACTION] = 0.0
    is_common = generator.random(rows) < np.where(shared, _COMMON_SHARED, _COMMON_UNSHARED)
    return np.where(is_common, 10.0 ** generator.uniform(*_COMMON_LOG10, rows), rare)
