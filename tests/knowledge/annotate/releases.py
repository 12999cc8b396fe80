"""Small releases in a library, made of plain records as their owners deliver them, or of plain columns."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa

from models.case import Assembly
from models.intake.assembly import BOTH, LENGTHS_BASES
from models.knowledge import chain, clinvar
from models.knowledge.effects.packed import write_packed
from models.knowledge.effects.reference import SOURCE_KEY
from models.knowledge.library import Installed, Library, install_files
from models.knowledge.library.install import quiet
from models.knowledge.library.offer import Licence, Offer
from models.knowledge.positions.build import TableWriter, highest
from models.knowledge.positions.coverage import whole_contigs, write_coverage
from models.knowledge.positions.join import ALT, KEY, REASON, REF
from models.knowledge.positions.key import is_hashed, keys_of
from models.knowledge.types import Release
from tests.knowledge.positions.tables import alleles

AT = datetime(2026, 11, 20, tzinfo=UTC)
REVIEW = {
    0: "no_assertion_criteria_provided",
    1: "criteria_provided,_single_submitter",
    2: "criteria_provided,_multiple_submitters,_no_conflicts",
    3: "reviewed_by_expert_panel",
}
_CLINVAR_HEADER = """##fileformat=VCFv4.1
##fileDate={date}
##reference={build}
##INFO=<ID=ALLELEID,Number=1,Type=Integer,Description="the ClinVar Allele ID">
##INFO=<ID=CLNREVSTAT,Number=.,Type=String,Description="review status">
##INFO=<ID=CLNSIG,Number=.,Type=String,Description="germline classification">
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO
"""


def a_clinvar(library: Library, date: str, *records: tuple, assembly: Assembly = Assembly.GRCH38) -> Installed:
    """records: (chrom, pos, ref, alt, classification, stars), by position."""
    folder = library.folder.parent
    file = folder / f"clinvar-{assembly.value}-{date}.vcf"
    lines = [
        f"{c}\t{p}\t{100 + n}\t{r}\t{a}\t.\t.\tALLELEID={n + 1};CLNREVSTAT={REVIEW[stars]};CLNSIG={said}\n"
        for n, (c, p, r, a, said, stars) in enumerate(records)
    ]
    file.write_text(_CLINVAR_HEADER.format(date=date, build=assembly.value) + "".join(lines))
    offer = next(o for o in clinvar.SOURCE.offers if o.assembly is assembly)
    return install_files(library, offer, [file], at=AT)


def a_table(library: Library, source: str, *rows: tuple, assembly: Assembly = Assembly.GRCH38, version: str = "1",
            contigs: tuple[int, ...] = (1, 2, 23), kinds=None, **more) -> Installed:  # fmt: skip
    """rows: (chrom, pos, ref, alt, {column: value or None})."""
    names = list(dict.fromkeys(name for row in rows for name in row[4]))
    schema = pa.schema([(n, pa.string() if n in {"af_group_max_name", REASON} else pa.float32()) for n in names])
    described = kinds or ("SNV", "MNV", "INSERTION", "DELETION", "DELINS")

    def build(files, folder, progress):
        with TableWriter(folder, schema, highest(names[0])) as writer:
            if rows:
                writer.add(_batch(rows, schema, assembly))
        from models.case import Kind

        write_coverage(whole_contigs(contigs, tuple(Kind[k] for k in described)), folder)

    name = {"gnomad_exomes": "gnomAD exomes", "gnomad_genomes": "gnomAD genomes"}.get(source, source)
    return _install(library, source, assembly, Release(source, name, version, "2026-01-01", "CC0", "-", "-"), build)


def _batch(rows, schema, assembly) -> pa.RecordBatch:
    keyed = keys_of(alleles([row[:4] for row in rows], assembly))
    every, plain = np.arange(len(rows)), ~is_hashed(keyed.key)
    columns = {
        KEY: pa.array(keyed.key),
        REF: pa.array(keyed.ref(every).to_pylist(), pa.string(), mask=plain),
        ALT: pa.array(keyed.alt(every).to_pylist(), pa.string(), mask=plain),
        **{f.name: pa.array([row[4].get(f.name) for row in rows], f.type) for f in schema},
    }
    return pa.record_batch(columns)


def a_reference(library: Library, contigs: dict[str, str], assembly: Assembly = Assembly.GRCH38) -> Installed:
    """contigs: name -> sequence from position 1."""

    def build(files, folder, progress):
        lengths = {name: len(text) for name, text in contigs.items()}
        list(write_packed(lengths, lambda name, start, end: contigs[name][start:end], folder))

    release = Release(SOURCE_KEY, "toy reference", "1", "2014-01-17", "public domain", "-", "-")
    return _install(library, SOURCE_KEY, assembly, release, build)


def _install(library, source, assembly, release, build) -> Installed:
    nothing = library.folder.parent / "nothing"
    nothing.write_text("nothing")
    offer = Offer(source, assembly, Licence("CC0", "-"), (), lambda files: release, build)
    return install_files(library, offer, [nothing], at=AT, progress=quiet)


def a_library(folder: Path) -> Library:
    (folder / "knowledge").mkdir()
    return Library(folder / "knowledge")


def gnomad_row(chrom, pos, ref, alt, *, af, ac=1, an=100_000, hom=0, group=None, name="nfe", reason=None, **groups):
    """One site of gnomAD as its release holds it."""
    values = {
        "af_fraction": af, "allele_count": ac, "allele_number": an, "homozygote_count": hom,
        "af_group_max_fraction": group if group is not None else af, "af_group_max_name": name,
        **{f"af_{g}_fraction": v for g, v in groups.items()}, REASON: reason,
    }  # fmt: skip
    if reason:
        values = dict.fromkeys(values) | {REASON: reason}
    return (chrom, pos, ref, alt, values)


def a_chain(library: Library, *blocks: tuple[str, int, int, int]) -> Installed:
    """A chain file from GRCh37 to GRCh38. blocks: (chrom, first on GRCh37, first on GRCh38, bases), 1-based."""
    texts = []
    for number, (chrom, here, there, bases) in enumerate(blocks, 1):
        sizes = [lengths[BOTH.index(build)] for lengths in (LENGTHS_BASES[chrom],) for build in BOTH]
        head = f"chain 9 chr{chrom} {sizes[0]} + {here - 1} {here - 1 + bases}"
        texts.append(f"{head} chr{chrom} {sizes[1]} + {there - 1} {there - 1 + bases} {number}\n{bases}\n\n")
    file = library.folder.parent / "toy.over.chain"
    file.write_text("".join(texts))
    return install_files(library, chain.SOURCE.offers[0], [file], at=AT)
