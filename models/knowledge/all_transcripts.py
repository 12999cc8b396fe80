"""What one variant does to every transcript of its gene, when somebody asks: MANE's is not always the tissue's."""

from models.case import Absent, Allele, Found, Looked, NotAssessed
from models.knowledge import gene_models
from models.knowledge.effects.others import OnTranscript, on_transcripts
from models.knowledge.effects.reference import SOURCE_KEY, reference_of
from models.knowledge.library.installed import Library


def on_all_transcripts(library: Library, allele: Allele, gene: str) -> Looked[tuple[OnTranscript, ...]]:
    """The transcripts of `gene` that the allele touches, worst consequence first.

    Absent: Ensembl has the gene, the allele touches none of its transcripts with known ends. NotAssessed: no
    transcripts or no sequence installed for the allele's assembly, Ensembl knows no gene of this name, or the
    allele's REF is not what the reference has. Raises IntegrityError when an installed release is damaged.
    """
    build = allele.assembly.value
    transcripts, bases = library.current(gene_models.KEY, allele.assembly), library.current(SOURCE_KEY, allele.assembly)
    if transcripts is None:
        return NotAssessed(f"Ensembl's transcripts for {build} are not installed")
    if bases is None:
        return NotAssessed(f"the reference sequence of {build} is not installed")
    if not set(allele.ref + allele.alt) <= set("ACGT"):
        return NotAssessed("the file does not spell the change out in bases")
    models = gene_models.transcripts_of(library, allele.assembly, gene)
    if not models:
        return NotAssessed(f"{transcripts.label} knows no gene called {gene} with transcripts of known ends")
    found = on_transcripts(allele, models, reference_of(bases))
    if found is None:
        return NotAssessed(f"{bases.label} has other bases here than the file's REF")
    return Found(found, transcripts.label) if found else Absent(transcripts.label)
