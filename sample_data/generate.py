"""Write the synthetic patients: `python sample_data/generate.py [slug ...] [--out FOLDER]`.

The same bytes every time. `--refresh-facts SHARED` rebuilds facts/genes.tsv from the public tables first.
"""

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from sample_data.patients import PATIENTS  # noqa: E402  (the path must be set before)
from sample_data.recipe.folder import write_patient  # noqa: E402
from sample_data.recipe.published_table import published_table  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("slugs", nargs="*", help="patients to write; all when none is named")
    parser.add_argument("--out", type=Path, default=HERE)
    parser.add_argument("--refresh-facts", type=Path, metavar="SHARED", help="folder of the public gene tables")
    options = parser.parse_args()
    if options.refresh_facts:
        from sample_data.recipe.gene_facts import refresh

        print(f"{refresh(options.refresh_facts)} genes")
    unknown = set(options.slugs) - {p.slug for p in PATIENTS}
    if unknown:
        parser.error(f"no such patient: {', '.join(sorted(unknown))}")
    (HERE / "facts" / "published_alleles.tsv").write_text(published_table(PATIENTS))
    for patient in PATIENTS:
        if not options.slugs or patient.slug in options.slugs:
            folder = write_patient(patient, options.out)
            size = sum(f.stat().st_size for f in folder.rglob("*") if f.is_file())
            print(f"{patient.slug}: {size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
