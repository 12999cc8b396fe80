"""How clinicians write numbers and codes: the words every screen uses for the same thing."""

import math
import re
from collections.abc import Mapping
from typing import Any

from models.case import Assembly, LabValue, State, Zygosity
from models.evidence import mitochondrial_name
from models.evidence.types import Mode

NOT_ASSESSED = "not assessed"

CONSEQUENCES = {
    "transcript_ablation": "whole transcript deleted",
    "splice_acceptor_variant": "splice acceptor",
    "splice_donor_variant": "splice donor",
    "stop_gained": "stop gained",
    "frameshift_variant": "frameshift",
    "stop_lost": "stop lost",
    "start_lost": "start lost",
    "inframe_insertion": "in-frame insertion",
    "inframe_deletion": "in-frame deletion",
    "missense_variant": "missense",
    "protein_altering_variant": "protein altering",
    "splice_region_variant": "splice region",
    "splice_donor_5th_base_variant": "splice donor, 5th base",
    "splice_donor_region_variant": "splice donor region",
    "splice_polypyrimidine_tract_variant": "polypyrimidine tract",
    "synonymous_variant": "synonymous",
    "5_prime_UTR_variant": "5′ UTR",
    "3_prime_UTR_variant": "3′ UTR",
    "non_coding_transcript_exon_variant": "non-coding exon",
    "intron_variant": "intron",
    "upstream_gene_variant": "upstream",
    "downstream_gene_variant": "downstream",
    "intergenic_variant": "intergenic",
}
ZYGOSITIES = {
    Zygosity.HETEROZYGOUS: "het",
    Zygosity.HOMOZYGOUS: "hom",
    Zygosity.HEMIZYGOUS: "hemi",
    Zygosity.REFERENCE: "reference",
    Zygosity.UNCERTAIN: "partly called",
    Zygosity.MISSING: "no call",
}
MODES = {
    Mode.DE_NOVO: "de novo",
    Mode.DOMINANT: "dominant",
    Mode.HOMOZYGOUS_RECESSIVE: "recessive, hom",
    Mode.COMPOUND_HETEROZYGOUS: "comp. het",
    Mode.X_LINKED: "X-linked",
    Mode.MITOCHONDRIAL: "mito",
}
CLINVAR = {
    "P": "Pathogenic",
    "LP": "Likely pathogenic",
    "VUS": "Uncertain significance",
    "CONFLICTING": "Conflicting classifications",
    "LB": "Likely benign",
    "B": "Benign",
    "OTHER": "Other",
}
CLINVAR_SHORT = {"CONFLICTING": "Conflicting", "OTHER": "Other"}


def consequence(so_terms: str) -> str:
    """The first Sequence Ontology term of an "&"-joined list, in words; "" stays ""."""
    first = so_terms.split("&", maxsplit=1)[0]
    return CONSEQUENCES.get(first, first.removesuffix("_variant").replace("_", " "))


def zygosity(value: str) -> str:
    return ZYGOSITIES[Zygosity(value)] if value in {z.value for z in Zygosity} else NOT_ASSESSED


def mode(value: str) -> str:
    """Short badge of a `Mode` value, "" when none is met."""
    return MODES[Mode(value)] if value else ""


def fraction(value: float) -> str:
    """An allele frequency: 1.2e-05 below one in a thousand, 0.012 above."""
    if value == 0:
        return "0"
    return f"{value:.1e}" if value < 1e-3 else f"{value:.2g}"


def signed(log_odds: float) -> str:
    """+2.36 or −0.07: the sign is always written, with a real minus; 0.00 when nothing is left to sign."""
    said = f"{abs(log_odds):.2f}"
    return said if said == "0.00" else f"{'+' if log_odds > 0 else '−'}{said}"


def gene_was_sought(assembly: Assembly, gene_state: int) -> bool:
    """Whether the file or the transcript table, which is on GRCh38, could have named a gene at a position."""
    return assembly is Assembly.GRCH38 or gene_state != State.NOT_ASSESSED


def frequency_short(value: float, state: int, origin: str, overall: float = math.nan) -> str:
    """For a list row: "AF 1.2e-05", "max AF 1.2e-05" (highest ancestry group), "not in gnomAD" or "AF not assessed".

    overall: told in its place where the groups that count carry none of it; NaN: not known.
    """
    if state == State.FOUND and value == 0 and overall > 0:
        return f"AF {fraction(overall)}"
    if state == State.FOUND and not math.isnan(value):
        return f"{'max ' if origin.startswith('group') else ''}AF {fraction(value)}"
    return "not in gnomAD" if state == State.ABSENT else f"AF {NOT_ASSESSED}"


def frequency_full(row: Mapping[str, Any]) -> str:
    """AF 1.2e-05 (3/251,000, 0 hom), leaving out what the file does not bring."""
    if row["af_state"] != State.FOUND and row["chrom"] == "MT":
        return NOT_ASSESSED  # the databases of nuclear variants were never asked about it
    if row["af_state"] != State.FOUND:
        return "not seen in gnomAD" if row["af_state"] == State.ABSENT else NOT_ASSESSED
    counts = []
    if row["allele_count_state"] == State.FOUND:
        counts.append(f"{int(row['allele_count']):,}/{int(row['allele_number']):,}")
    if row["homozygote_state"] == State.FOUND:
        counts.append(f"{int(row['homozygote_count'])} hom")
    return f"AF {fraction(float(row['af_fraction']))}" + (f" ({', '.join(counts)})" if counts else "")


def change(row: Mapping[str, Any]) -> str:
    """The m. name on mitochondrial DNA, else the protein change, else the coding change, else the alleles."""
    if on_mt := mitochondrial_name(row):
        return on_mt
    if row["hgvs_p"]:
        return str(row["hgvs_p"])
    return str(row["hgvs_c"]) if row["hgvs_c"] else alleles(row)


def alleles(row: Mapping[str, Any], longest: int = 12) -> str:
    """chr2:166,012,345 A>G; long alleles are cut and their length said."""
    return f"chr{row['chrom']}:{int(row['pos_1based']):,} {_short(row['ref'], longest)}>{_short(row['alt'], longest)}"


def _short(bases: str, longest: int) -> str:
    return bases if len(bases) <= longest else f"{bases[: longest - 4]}… ({len(bases)} bp)"


def age(years: float | None) -> str:
    """7 y, 5 mo for infants, "age not given" when unknown."""
    if years is None:
        return "age not given"
    return f"{round(years * 12)} mo" if years < 2 else f"{int(years)} y"


def genotype(alt_copies: int, called_copies: int, ploidy: int, haplotype: int) -> str:
    """A call as VCF writes it, seen from this ALT: "0/1", "1|0", "1", "./."; "" when GT is absent."""
    if ploidy == 0:
        return ""
    copies = max(alt_copies, 0)
    alleles = ["0"] * (called_copies - copies) + ["1"] * copies + ["."] * (ploidy - called_copies)
    if haplotype == 1:
        alleles.reverse()
    return ("|" if haplotype else "/").join(alleles)


_ISO_DURATION = re.compile(r"^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T\S*)?$")


def onset(said: str) -> str:
    """ "from 5 months" for the ISO duration P5M that phenopackets write, "from birth" for P0D; HPO's labels
    and free text ("Infantile onset") as they are; "" stays ""."""
    found = _ISO_DURATION.match(said.strip())
    if not found or not any(found.groups()):
        return said
    counts = zip((int(n or 0) for n in found.groups()), ("year", "month", "week", "day"), strict=True)
    parts = [f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in counts if n]
    return f"from {' '.join(parts)}" if parts else "from birth"


_FROM_BLOOD = ("serum", "plasma", "blood")
_SPECIMENS = {"cerebral spinal fluid": "CSF", "cerebrospinal fluid": "CSF"}


def test_name(name: str) -> str:
    """A LOINC long name without its bracketed property; the specimen is said unless it is blood.

    "Ammonia [Moles/volume] in Plasma" is "Ammonia", "Lactate [Moles/volume] in Cerebral spinal fluid"
    is "Lactate (CSF)": two specimens of one substance are never one curve.
    """
    bare, _, rest = name.partition(" [")
    specimen = (rest.partition("] in ")[2] or bare.partition(" in ")[2]).lower()
    bare = bare.partition(" in ")[0]
    if not specimen or any(word in specimen for word in _FROM_BLOOD):
        return bare
    return f"{bare} ({_SPECIMENS.get(specimen, specimen)})"


def unit(ucum: str) -> str:
    """A UCUM unit as it is printed: "10*3/uL" is 10³/µL, "umol/L" is µmol/L."""
    powers = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
    shown = re.sub(r"10[*^](\d)", lambda found: f"10{found[1].translate(powers)}", ucum)
    return re.sub(r"(?<![A-Za-z])u(?=[A-Za-z])", "µ", shown)


def measured(lab: LabValue) -> str:
    """A laboratory value with its unit: "78 µmol/L"; where only a bound is known, "<0.6 mg/L"."""
    if lab.value is None:
        return lab.text
    return f"{lab.comparator}{lab.value:g} {unit(lab.unit)}".rstrip()
