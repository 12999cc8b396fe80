"""Genotypes follow the rules of inheritance, and break them only where the recipe says so."""

from collections import Counter

import pytest

from sample_data.recipe.model import Caller
from tests.sample_data.patients import BY_SLUG, FOLDERS, Folder, Row

TRIOS = [f for f in FOLDERS if f.has("proband", "mother", "father")]
EVERY_TRIO = pytest.mark.parametrize("folder", TRIOS, ids=lambda f: f.recipe.slug)
EVERY_PATIENT = pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f.recipe.slug)
ARTEFACTS = 5
X_SITES_NEEDED = 150


def _chrom(row: Row) -> str:
    return row.chrom.removeprefix("chr")


def _autosomal(folder: Folder) -> list[Row]:
    return [r for r in folder.rows if _chrom(r).isdigit()]


def _fits(child: tuple[int | None, ...], mother: tuple[int | None, ...], father: tuple[int | None, ...]) -> bool:
    if None in (*child, *mother, *father):
        return True
    first, second = child
    return (first in mother and second in father) or (second in mother and first in father)


@EVERY_TRIO
@pytest.mark.parametrize("child", ["proband", "sibling"])
def test_a_child_has_one_allele_of_each_parent_apart_from_de_novo_and_artefacts(folder: Folder, child: str) -> None:
    if not folder.has(child):
        return
    sample, mother, father = (folder.sample(role) for role in (child, "mother", "father"))
    wrong = [r for r in _autosomal(folder) if not _fits(r.calls[sample], r.calls[mother], r.calls[father])]
    recipe = folder.recipe
    new = {
        a.pos_grch38 if recipe.assembly == "GRCh38" else a.pos_grch37
        for a in recipe.causal
        if a.transmitted == "de novo"
    }
    poor = [r for r in wrong if r.gq[sample] < 20]
    assert len(poor) == (ARTEFACTS if child == "proband" else 0)
    harmless = [r for r in wrong if r.pos not in new and r not in poor]
    assert ["synonymous_variant" in str(r.info) for r in harmless] == ([True] if child == "proband" else [])
    assert len(wrong) == len(poor) + len(harmless) + (len(new) if child == "proband" else 0)


@EVERY_TRIO
def test_artefacts_look_de_novo_but_have_few_reads_and_poor_quality(folder: Folder) -> None:
    sample, mother, father = (folder.sample(r) for r in ("proband", "mother", "father"))
    poor = [
        r
        for r in _autosomal(folder)
        if 1 in r.calls[sample] and set(r.calls[mother] + r.calls[father]) == {0} and r.gq[sample] < 20
    ]
    assert len(poor) == ARTEFACTS
    assert all(r.counts[sample][1] / sum(r.counts[sample]) < 0.4 for r in poor)


@EVERY_PATIENT
def test_a_male_has_one_x_and_a_female_two(folder: Folder) -> None:
    x_rows = [r for r in folder.rows if _chrom(r) == "X"]
    assert len(x_rows) >= X_SITES_NEEDED
    for member in folder.recipe.members:
        called = [r.calls[member.sample] for r in x_rows if None not in r.calls[member.sample]]
        heterozygous = sum(len(set(c)) > 1 for c in called)
        if member.sex == "male":
            assert heterozygous == 0
            ploidy = 1 if folder.recipe.caller is Caller.DRAGEN else 2
            assert {len(c) for c in called} == {ploidy}
        else:
            assert heterozygous / len(called) > 0.15


@EVERY_PATIENT
def test_only_males_have_calls_on_y(folder: Folder) -> None:
    y_rows = [r for r in folder.rows if _chrom(r) == "Y"]
    for member in folder.recipe.members:
        called = sum(None not in r.calls[member.sample] for r in y_rows)
        assert called == 0 if member.sex == "female" else called >= 20


@EVERY_TRIO
def test_a_boys_x_comes_from_his_mother(folder: Folder) -> None:
    child = next(m for m in folder.recipe.members if m.role == "proband")
    mother = folder.sample("mother")
    if child.sex == "female":
        return
    rows = [r for r in folder.rows if _chrom(r) == "X"]
    calls = [(r.calls[child.sample], r.calls[mother]) for r in rows]
    assert all(set(c) <= set(m) for c, m in calls if None not in (*c, *m))


@EVERY_TRIO
def test_mitochondria_come_from_the_mother(folder: Folder) -> None:
    rows = [r for r in folder.rows if _chrom(r) in {"M", "MT"}]
    child, mother, father = (folder.sample(r) for r in ("proband", "mother", "father"))
    called = [(r.calls[child], r.calls[mother]) for r in rows if None not in (*r.calls[child], *r.calls[mother])]
    assert len(called) >= 5
    assert all(c == m for c, m in called)
    assert any(r.calls[child] != r.calls[father] for r in rows)


def test_the_swapped_family_has_its_parents_exchanged_in_the_ped_file_only() -> None:
    folder = BY_SLUG["parents-swapped"]
    proband = next(x.split("\t") for x in (folder.path / "family.ped").read_text().splitlines() if x.endswith("\t2"))
    claimed_father, claimed_mother = proband[2], proband[3]
    assert (claimed_father, claimed_mother) == (folder.sample("mother"), folder.sample("father"))
    x_rows = [r for r in folder.rows if _chrom(r) == "X"]
    assert sum(len(set(r.calls[claimed_father])) > 1 for r in x_rows) > 30
    assert sum(len(set(r.calls[claimed_mother])) > 1 for r in x_rows) == 0


def test_the_child_of_cousins_is_homozygous_in_long_stretches_and_both_parents_are_not() -> None:
    folder = BY_SLUG["ethe1-consanguineous"]
    child, mother = folder.sample("proband"), folder.sample("mother")
    rows = [r for r in _autosomal(folder) if r.plain and r.gq[child] >= 20 and len(r.alts) == 1]
    for region in folder.recipe.autozygous:
        inside = [r for r in rows if _chrom(r) == region.chrom and region.start_1based <= r.pos <= region.end_1based]
        assert len(inside) >= 6
        assert sum(len(set(r.calls[child])) > 1 for r in inside) == 0
        assert sum(len(set(r.calls[mother])) > 1 for r in inside) >= 2


def test_the_affected_sister_shares_the_homozygous_variant() -> None:
    folder = BY_SLUG["ethe1-consanguineous"]
    row = next(r for r in folder.rows if r.pos == 43511455)
    calls = {m.role: row.calls[m.sample] for m in folder.recipe.members}
    assert calls == {"proband": (1, 1), "sibling": (1, 1), "mother": (0, 1), "father": (0, 1)}


def test_the_compound_heterozygote_has_one_variant_from_each_parent() -> None:
    folder = BY_SLUG["vlcad-trio"]
    child, mother, father = (folder.sample(r) for r in ("proband", "mother", "father"))
    first, second = (next(r for r in folder.rows if r.pos == p) for p in (7222272, 7223865))
    assert [first.calls[s] for s in (child, mother, father)] == [(0, 1), (0, 1), (0, 0)]
    assert [second.calls[s] for s in (child, mother, father)] == [(0, 1), (0, 0), (0, 1)]


@EVERY_PATIENT
def test_awkward_alleles_of_real_files_are_there(folder: Folder) -> None:
    kinds = Counter(
        "star" if "*" in r.alts else "del" if "<DEL>" in r.alts else "multi"
        for r in folder.rows
        if len(r.alts) > 1 or not r.plain
    )
    assert kinds["star"] == 1
    assert kinds["del"] == 1
    assert kinds["multi"] >= 2
    assert any(r.calls[s][0] is None for r in _autosomal(folder) for s in folder.samples)
