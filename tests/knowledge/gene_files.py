"""Small files in the real formats of gene-level releases, which the tests write and change."""

from datetime import UTC, datetime
from pathlib import Path

from models.knowledge.library.install import install_files
from models.knowledge.library.installed import Installed, Library
from models.knowledge.library.offer import Offer

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)

VALIDITY = """"CLINGEN GENE DISEASE VALIDITY CURATIONS","","","","","","","","",""
"FILE CREATED: {day}","","","","","","","","",""
"WEBPAGE: https://search.clinicalgenome.org/kb/gene-validity","","","","","","","","",""
"+++++++++++","++++++++++++++","+++++++++++++","++++++++++++++++++","+++++++++","+++++++++","++++++++++++++","+++++++++++++","+++++++++++++++++++","+++++++++++++++++++"
"GENE SYMBOL","GENE ID (HGNC)","DISEASE LABEL","DISEASE ID (MONDO)","MOI","SOP","CLASSIFICATION","ONLINE REPORT","CLASSIFICATION DATE","GCEP"
"+++++++++++","++++++++++++++","+++++++++++++","++++++++++++++++++","+++++++++","+++++++++","++++++++++++++","+++++++++++++","+++++++++++++++++++","+++++++++++++++++++"
"AARS","HGNC:20","a neuropathy","MONDO:0000001","AD","SOP10","Moderate","https://x","2026-01-01T00:00:00.000Z","A panel"
"AARS","HGNC:20","an encephalopathy","MONDO:0000002","AR","SOP10","Definitive","https://x","2026-01-01T00:00:00.000Z","A panel"
"OR4F5","HGNC:14825","a disease, with a comma","MONDO:0000003","SD","SOP10","Limited","https://x","2026-01-01T00:00:00.000Z","A panel"
"""  # noqa: E501 - the lines are as long as ClinGen's

DOSAGE = """#ClinGen Gene Curation Results
#{day}
#Genomic Locations are reported on GRCh38 (hg38): GCF_000001405.36
#https://www.ncbi.nlm.nih.gov/projects/dbvar/clingen
#to create link: https://www.ncbi.nlm.nih.gov/projects/dbvar/clingen/clingen_gene.cgi?sym=Gene Symbol
#Gene Symbol	Gene ID	cytoBand	Genomic Location	Haploinsufficiency Score	Haploinsufficiency Description
AARS	16	16q22.1	chr16:70252295-70289543	30	Gene associated with autosomal recessive phenotype
OR4F5	79501	1p36.33	chr1:65419-71585	3	Sufficient evidence for dosage pathogenicity
SCN1A	6323	2q24.3	tbd	Not yet evaluated	-
"""

GENCC_COLUMNS = (
    "uuid",
    "gene_curie",
    "gene_symbol",
    "disease_curie",
    "disease_title",
    "classification_curie",
    "classification_title",
    "moi_title",
    "submitter_title",
    "submitted_as_notes",
    "submitted_run_date",
)


def gencc_row(gene: str, disease: str, classification: str, submitter: str, day: str = "2026-10-01") -> str:
    """One quoted row of GenCC's export, with a note that holds a line break as some do."""
    fields = dict.fromkeys(GENCC_COLUMNS, "x") | {
        "gene_symbol": gene,
        "disease_curie": f"MONDO:{disease}",
        "disease_title": f"disease {disease}",
        "classification_title": classification,
        "submitter_title": submitter,
        "submitted_as_notes": "first line\nsecond line",
        "submitted_run_date": f"{day} 00:00:00",
    }
    return "\t".join(f'"{text}"' for text in fields.values())


def gencc_text(*rows: str) -> str:
    return "\n".join(["\t".join(f'"{name}"' for name in GENCC_COLUMNS), *rows]) + "\n"


CONSTRAINT_V4 = (
    "gene\tgene_id\ttranscript\tcanonical\tmane_select\tlof.pLI\tlof.oe_ci.upper\tmis.z_score\n"
    "AARS\t16\tNM_001605.3\ttrue\ttrue\t9.9e-01\t1.0000e-01\t1.0\n"
    "AARS\tENSG00000090861\tENST00000261772\tfalse\ttrue\t1.5e-08\t1.1560e+00\t-1.0\n"
    "AARS\tENSG00000090861\tENST00000565361\ttrue\tfalse\t4.3e-07\t1.4150e+00\t-0.4\n"
    "OR4F5\tENSG00000186092\tENST00000641515\ttrue\tfalse\tNA\tNA\tNA\n"
    "SCN1A\tENSG00000144285\tENST00000674923\ttrue\tfalse\t1.0\t1.2e-01\t6.5\n"
)
CONSTRAINT_V2 = (
    "gene\ttranscript\tobs_mis\tpLI\toe_lof_upper\tmis_z\tgene_id\n"
    "SCN1A\tENST00000303395\t10\t1.0\t0.068\t8.2\tENSG00000144285\n"
)


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def installed(library: Library, offer: Offer, *files: Path) -> Installed:
    return install_files(library, offer, files, at=AT, accepted_by="Test")
