"""ClinVar: what laboratories and expert panels concluded about a variant, as NCBI's weekly VCF delivers it.

The text of a classification is kept as delivered, with blanks for "_": "Conflicting classifications of
pathogenicity" stays that, and what it means is decided in models.evidence.clinvar. Only germline
classifications are kept; those of oncogenicity and somatic impact (ONC.., SCI..) answer another question.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from models.case import Absent, Assembly, Found
from models.errors import InputError, UnreadableFile
from models.intake.states import star_of
from models.knowledge.library.offer import Addressed, Licence, Offer, Progress
from models.knowledge.positions.alleles import SEQUENCE_RESOLVED
from models.knowledge.positions.build import one_of_each
from models.knowledge.positions.coverage import whole_contigs
from models.knowledge.positions.join import number, text
from models.knowledge.positions.key import NO_KEY
from models.knowledge.positions.rows import Spans, batch_of
from models.knowledge.positions.sites import ID, Sites, SitesFile, date_of
from models.knowledge.positions.source import LeftOut, asked_one, release_in_use, tables_among, write_release
from models.knowledge.source import Example, Source
from models.knowledge.types import Release

KEY = "clinvar"
# A record of the variant alone has none: it was submitted as part of a haplotype or genotype only, or for cancer.
UNCLASSIFIED = "no classification provided"
_FIELD_OF = {
    "clinvar_significance": "CLNSIG",
    "clinvar_conflict": "CLNSIGCONF",
    "clinvar_review": "CLNREVSTAT",
    "clinvar_condition": "CLNDN",
    "clinvar_gene": "GENEINFO",
    "clinvar_consequence": "MC",
}
_NEEDED = ("CLNSIG", "CLNREVSTAT", "ALLELEID")
SCHEMA = pa.schema(
    [
        number("clinvar_stars"),  # 0 to 4 by review status; missing for a status that we do not know
        text("clinvar_id", repeats=False),  # VariationID
        number("clinvar_allele_id"),
        *(text(name) for name in _FIELD_OF),
    ]
)
_AGREE = "|"  # two records of one allele: both texts stand side by side, as ClinVar separates several values


def release_of(files: Sequence[Path], assembly: Assembly) -> Release:
    """The release is the day that the VCF names in ##fileDate."""
    file = _only(files)
    with SitesFile(file, assembly, _NEEDED) as sites:
        day = date_of(sites.header)
    if not day:
        raise UnreadableFile("There is no ##fileDate above the records; download ClinVar's VCF again.", file.name)
    return Release(
        key=KEY,
        name="ClinVar",
        version=day,
        released_on=day,
        licence="public domain (NCBI)",
        citation="Landrum 2018, Nucleic Acids Res 46:D1062. PMID:29165669",
        address="https://www.ncbi.nlm.nih.gov/clinvar/",
        assembly=assembly.value,
    )


def build(files: Sequence[Path], folder: Path, progress: Progress, assembly: Assembly) -> None:
    """Coverage: every contig that the file lists a variant on. ClinVar takes submissions from the whole genome,
    of every kind of small variant, so one that is not there has no record.
    """
    contigs: set[int] = set()
    left_out = LeftOut()

    def batches() -> Iterator[pa.RecordBatch]:
        with SitesFile(_only(files), assembly, _NEEDED, tuple(_FIELD_OF.values())) as file:
            for sites in file.alleles():
                contigs.update(np.unique(sites.contig).tolist())
                unusable = sites.keyed.key == NO_KEY
                left_out.count("on a contig that cases do not have", int((sites.contig == 0).sum()))
                left_out.count("no allele is named", int((unusable & (sites.contig > 0)).sum()))
                yield batch_of(sites.keyed, _values(sites), SCHEMA)

    write_release(
        folder, SCHEMA, one_of_each(_merged), batches(), lambda: whole_contigs(contigs, SEQUENCE_RESOLVED), progress
    )
    left_out.tell(progress)


def _values(sites: Sites) -> dict[str, Any]:
    nothing = Spans(sites.block.text, np.zeros(len(sites), np.int64), np.full(len(sites), -1, np.int64))
    spans = {name: sites.field(of) if of in sites.fields else nothing for name, of in _FIELD_OF.items()}
    values: dict[str, Any] = {
        name: column.texts(as_read=name not in ("clinvar_gene", "clinvar_consequence"))
        for name, column in spans.items()
    }
    values["clinvar_significance"] = pc.fill_null(values["clinvar_significance"], UNCLASSIFIED)
    values["clinvar_stars"] = _stars(values["clinvar_review"])
    values["clinvar_id"] = sites.column(ID).texts()
    values["clinvar_allele_id"] = sites.field("ALLELEID").numbers()
    return values


def _stars(review: pa.StringArray) -> NDArray[np.float32]:
    """Stars of each review status, NaN for one that we do not know: never more than was earned."""
    coded = review.dictionary_encode()
    stars = np.array([*(star_of(str(word)) for word in coded.dictionary), np.nan], np.float32)
    stars[np.isinf(stars)] = np.nan
    of_each: NDArray[np.float32] = stars[pc.fill_null(coded.indices, len(stars) - 1).to_numpy()]
    return of_each


def _merged(records: list[dict[str, Any]]) -> dict[str, Any]:
    """Two records of one allele as one: all classes that are claimed, with the fewest stars."""
    texts = {
        name: _AGREE.join(dict.fromkeys(r[name] for r in records if r[name])) for name in ("clinvar_id", *_FIELD_OF)
    }
    return {**records[0], **texts, "clinvar_stars": float(np.fmin.reduce([r["clinvar_stars"] for r in records]))}


def _only(files: Sequence[Path]) -> Path:
    tables = tables_among(files)
    if len(tables) > 1:
        raise InputError("ClinVar is one file; choose clinvar.vcf.gz alone.")
    return tables[0]


def _described(row: dict[str, Any]) -> str:
    stars = "" if row["clinvar_stars"] is None else f", {row['clinvar_stars']:.0f} of 4 stars"
    return f"{row['clinvar_significance']}{stars} (VariationID {row['clinvar_id']})"


def _offer(assembly: Assembly, size_bytes: int) -> Offer:
    address = f"https://ftp.ncbi.nlm.nih.gov/pub/clinvar/vcf_{assembly.value}/clinvar.vcf.gz"
    return Offer(
        source=KEY,
        assembly=assembly,
        licence=Licence("public domain (NCBI)", "https://www.ncbi.nlm.nih.gov/home/about/policies/"),
        fetch=(Addressed(address, size_bytes, f"{address}.md5"),),
        release_of=partial(release_of, assembly=assembly),
        build=partial(build, assembly=assembly),
    )


SOURCE = Source(
    key=KEY,
    question="What have laboratories and expert panels concluded about this variant?",
    unit="ClinVar's germline classification with 0 to 4 stars of review",
    missing="absent: nobody has submitted this variant; not assessed: ClinVar is not installed for this build",
    release=release_in_use(KEY),
    look_up=asked_one(KEY, _described),
    found=Example(
        "GRCh38 chr1-1014143-C-T",
        Found("Pathogenic, 0 of 4 stars (VariationID 183381)", "ClinVar"),
    ),
    missed=Example("GRCh38 chr1-1014143-C-G", Absent("ClinVar")),
    offers=(_offer(Assembly.GRCH38, 190_000_000), _offer(Assembly.GRCH37, 190_000_000)),
)
