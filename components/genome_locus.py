"""Where the genome browser goes for a variant: the one spelling that the list and the browser share."""

from models.intake.regions import drawn_name


def locus_text(chrom: str, pos_1based: int, end_1based: int) -> str:
    """The variant's own span, "chr2:166012345-166012345", as a `caseboard:locus` event carries it.

    The browser adds the surroundings it shows. "" when the contig cannot be drawn.
    """
    name = drawn_name(chrom)
    return f"{name}:{pos_1based}-{max(pos_1based, end_1based)}" if name else ""
