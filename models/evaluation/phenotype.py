"""Gene from phenotype on a table of patients: at which place does the patient's terms alone put the causal gene?

Nothing but the three tables and what Caseboard ships is read, and no gene or patient is treated specially. Every
case gets a row with a finite rank, so that any top-k or mean reciprocal rank computed from the file counts a causal
gene that cannot be ranked as a miss instead of leaving it out.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.case import Phenotype, Term
from models.errors import InputError
from models.evaluation.case_tables import read_table
from models.evidence.phenotype import scored_terms
from models.evidence.phenotype_batch import GeneScorer
from models.evidence.phenotype_likelihood import Floats
from models.knowledge import Annotations, Knowledge, Ontology, frozen_annotations, load_knowledge, resolve_phenotype

Progress = Callable[[str], None]
CASE_COLUMNS = ("case_id", "gene", "hpo_observed")
RANKED, NO_DISEASE, NO_GENE = "ranked", "causal gene has no disease in the table", "no causal gene named"
TOPS = (1, 3, 5, 10)
CASES_BETWEEN_WORDS = 1000


def evaluate_phenotype(cases: Path, annotations: Path, gene_disease: Path, out: Path, progress: Progress) -> None:
    """Write one row for each case: case_id, rank, n_genes_ranked, n_terms_used, outcome.

    cases: case_id, gene, hpo_observed (a list of HPO ids); annotations: database_id, hpo_id, frequency;
    gene_disease: gene, disease_id. rank: 1-based place of the causal gene among all genes of gene_disease, equal
    scores sharing the middle place; a patient without a usable term has all genes equal. A causal gene that is
    not among them, or not named, has the place after the last (n_genes_ranked + 1): a miss at every depth. Older
    gene symbols and replaced HPO ids are brought to today's; ids that cannot be used are named to `progress`.
    Raises InputError for a table that cannot be used.
    """
    if not out.parent.is_dir():
        raise InputError("no such folder to write to; make it first.", out.parent.name)
    patients = read_cases(cases)
    noted = read_table(annotations, ("database_id", "hpo_id", "frequency"))
    read_table(gene_disease, ("gene", "disease_id"))
    knowledge = load_knowledge()
    frozen = frozen_annotations(annotations, gene_disease, knowledge.annotations, knowledge.hpo)
    if not frozen.genes:
        raise InputError("the table links no gene to a disease; give another one.", gene_disease.name)
    progress(f"{len(patients):,} cases, {len(frozen.genes):,} genes; HPO {knowledge.hpo.release}, {annotations.name}")
    _name_unused_annotations(noted["hpo_id"], knowledge.hpo, progress)
    _warn_of_own_papers(patients, noted, progress)
    result = rank_cases(patients, frozen, knowledge, progress)
    try:
        result.to_parquet(out, index=False)
    except OSError as fault:
        raise InputError("the result cannot be written there; choose another file.", out.name) from fault
    for line in summary(result):
        progress(line)


def read_cases(path: Path) -> pd.DataFrame:
    """The table of patients, hpo_observed as tuples of ids; a missing cell is no terms."""
    table = read_table(path, CASE_COLUMNS)
    if table["case_id"].isna().any() or table["case_id"].duplicated().any():
        raise InputError("a case_id is missing or occurs more than once; give each case its own.", path.name)
    observed = [_ids(cell, f"{path.name}, case {row + 1}") for row, cell in enumerate(table["hpo_observed"])]
    return table.assign(hpo_observed=pd.Series(observed, index=table.index, dtype=object))


def _ids(cell: object, where: str) -> tuple[str, ...]:
    if isinstance(cell, np.ndarray | list | tuple):
        return tuple(str(i).strip() for i in cell if i is not None)
    if cell is None or cell is pd.NA or (isinstance(cell, float) and np.isnan(cell)):
        return ()
    raise InputError("hpo_observed must be a list of HPO ids; write it as a list column.", where)


def rank_cases(cases: pd.DataFrame, notes: Annotations, knowledge: Knowledge, progress: Progress) -> pd.DataFrame:
    """The rows of the result, in the order of `cases`. cases: as read_cases gives them."""
    score, remarks = GeneScorer(knowledge.hpo, notes), Counter[tuple[str, str]]()
    found = []
    for gene, ids in zip(cases["gene"], cases["hpo_observed"], strict=True):
        terms = _usable(ids, knowledge.hpo, remarks)
        symbol = knowledge.genes.current(gene.strip()) if isinstance(gene, str) and gene.strip() else ""
        at = notes.gene_position.get(symbol, -1)
        rank = middle_rank(score(terms), at) if at >= 0 else float(len(notes.genes) + 1)
        found.append((rank, len(terms), RANKED if at >= 0 else NO_DISEASE if symbol else NO_GENE))
        if len(found) % CASES_BETWEEN_WORDS == 0:
            progress(f"{len(found):,} of {len(cases):,} cases")
    _name_remarks(remarks, progress)
    ranks, used, outcomes = zip(*found, strict=True) if found else ((), (), ())
    columns = {
        "case_id": cases["case_id"].astype(str).to_numpy(object),
        "rank": np.array(ranks, dtype=np.float64),
        "n_genes_ranked": np.full(len(cases), len(notes.genes), dtype=np.int32),
        "n_terms_used": np.array(used, dtype=np.int32),
        "outcome": np.array(outcomes, dtype=object),
    }
    return pd.DataFrame(columns)


def middle_rank(scores: Floats, at: int) -> float:
    """1-based place of the score at `at`, highest first; equal scores share the middle place."""
    return 1.0 + float((scores > scores[at]).sum()) + (float((scores == scores[at]).sum()) - 1) / 2


def _usable(ids: tuple[str, ...], ontology: Ontology, remarks: Counter[tuple[str, str]]) -> NDArray[np.int32]:
    """Positions of the patient's features; what is replaced or left out is counted in `remarks`."""
    resolved, findings = resolve_phenotype(Phenotype(tuple(Term(i, i) for i in ids)), ontology)
    remarks.update({(f.code, f.sentence) for f in findings})
    return scored_terms(resolved, ontology)


def _name_remarks(remarks: Counter[tuple[str, str]], progress: Progress) -> None:
    for (_, sentence), count in sorted(remarks.items(), key=lambda item: (item[0][0], -item[1], item[0][1])):
        progress(f"{count:,} {'case' if count == 1 else 'cases'}: {sentence}")


def _name_unused_annotations(ids: Iterable[object], ontology: Ontology, progress: Progress) -> None:
    unknown = Counter(str(i) for i in ids if ontology.position(str(i)) < 0)
    if unknown:
        named = ", ".join(sorted(unknown))
        progress(f"{unknown.total():,} annotations have a term that is not in this HPO and are not used: {named}")


def _warn_of_own_papers(cases: pd.DataFrame, noted: pd.DataFrame, progress: Progress) -> None:
    """Where both tables name papers, say how many cases helped to write the annotations they are ranked with."""
    if "pmid" in cases and "reference" in noted:
        cited: Collection[str] = set(noted["reference"].dropna().astype(str))
        own = int(cases["pmid"].dropna().astype(str).isin(cited).sum())
        if own:
            progress(f"The annotations cite the paper of {own:,} of these cases: on those the ranks flatter.")


def summary(result: pd.DataFrame) -> list[str]:
    """What happened to the cases, and the share at the top."""
    lines = [f"{count:,} {outcome}" for outcome, count in result["outcome"].value_counts().items()]
    without = int((result["n_terms_used"] == 0).sum())
    if without:
        lines.append(f"{without:,} without a usable term: all genes equal")
    named = result[result["outcome"] != NO_GENE]
    if len(named):
        tops = ", ".join(f"top {k}: {100 * (named['rank'] <= k).mean():.1f} %" for k in TOPS)
        lines.append(f"{tops}, MRR {(1 / named['rank']).mean():.3f} (of {len(named):,} with a named causal gene)")
    return lines
