"""What leaves the house: every export is made here, and every cell is escaped here."""

from models.reporting.cells import cell
from models.reporting.changed import changed_as_json, changed_as_text
from models.reporting.ranked import ranked_rows, ranking_as_json, ranking_as_tsv

__all__ = ["cell", "changed_as_json", "changed_as_text", "ranked_rows", "ranking_as_json", "ranking_as_tsv"]
