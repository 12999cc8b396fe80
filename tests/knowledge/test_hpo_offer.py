"""An HPO release installs whole and of one date, or not at all; what it says then answers."""

import pytest

from models.errors import IntegrityError, UnreadableFile
from models.knowledge import hpo_offer
from models.knowledge.hpo import load_hpo
from models.knowledge.hpo_files import FILES
from models.knowledge.hpo_sources import ANNOTATIONS, ONTOLOGY, installed_hpo, shipped_ontology
from models.knowledge.library.installed import Library
from tests.knowledge.gene_files import installed, write
from tests.knowledge.real import knowledge
from tests.knowledge.toy import LINKS, OBO, ROWS

DAY = "2026-09-01"
HEAD = "database_id\tdisease_name\tqualifier\thpo_id\treference\tevidence\tonset\tfrequency\tsex\tmodifier\taspect\tx\n"


@pytest.fixture
def library(tmp_path):
    return Library(tmp_path / "library")


def release_files(folder, day=DAY, *, annotated_with=DAY, links=LINKS):
    """The toy world of tests.knowledge.toy as the HPO publishes its releases."""
    rows = "".join(
        f"{d}\tdisease {d[-1]}\t{'NOT' if n else ''}\t{t}\tPMID:1\tPCS\t\t{f}\t\t\tP\tx\n" for d, t, f, n in ROWS
    )
    told = f'#description: "x"\n#version: {day}\n#hpo-version: http://x/obo/hp/releases/{annotated_with}/hp.json\n'
    genes = "".join(f"1\t{gene}\tHP:0000012\tx\t-\t{disease}\n" for gene, disease in links)
    return (
        write(folder, "hp.obo", OBO.replace("2020-02-02", day)),
        write(folder, "phenotype.hpoa", told + HEAD + rows),
        write(
            folder,
            "genes_to_phenotype.txt",
            "ncbi_gene_id\tgene_symbol\thpo_id\thpo_name\tfrequency\tdisease_id\n" + genes,
        ),
    )


def test_an_installed_release_answers_with_its_terms_diseases_and_genes(tmp_path, library):
    installed(library, hpo_offer.OFFER, *release_files(tmp_path))
    ontology, notes = load_hpo(tmp_path / "cache", library)
    assert (ontology.release, notes.release) == (DAY, DAY)
    assert ontology.labels[ontology.position("HP:0000021")] == "Cataract"
    assert set(notes.genes) == {gene for gene, _ in LINKS}
    assert ONTOLOGY.release(library).version == ANNOTATIONS.release(library).version == DAY


def test_a_release_installed_again_with_other_bytes_is_compiled_again(tmp_path, library):
    installed(library, hpo_offer.OFFER, *release_files(tmp_path))
    load_hpo(tmp_path / "cache", library)
    installed(library, hpo_offer.OFFER, *release_files(tmp_path, links=LINKS[:2]))
    assert set(load_hpo(tmp_path / "cache", library)[1].genes) == {"DCM1", "HCM1"}


def test_a_release_older_than_the_one_that_ships_is_left_alone(tmp_path, library):
    installed(library, hpo_offer.OFFER, *release_files(tmp_path, "2020-02-02", annotated_with="2020-02-02"))
    assert library.current("hpo") is not None
    assert installed_hpo(library) is None
    assert ONTOLOGY.release(library) == shipped_ontology()


def test_files_of_two_releases_are_refused(tmp_path):
    with pytest.raises(UnreadableFile, match=r"hp\.obo is of 2026-09-01, and .* made with that of 2026-08-01"):
        hpo_offer.release_of(release_files(tmp_path, annotated_with="2026-08-01"))


def test_genes_of_another_release_than_their_annotations_are_refused(tmp_path, library):
    with pytest.raises(UnreadableFile, match="1 of its 5 diseases are not in phenotype"):
        installed(library, hpo_offer.OFFER, *release_files(tmp_path, links=(*LINKS, ("NEW1", "OMIM:99"))))
    assert library.installed() == ()


@pytest.mark.parametrize("missing", range(3))
def test_a_release_is_three_files(tmp_path, missing):
    files = list(release_files(tmp_path))
    lost = files.pop(missing)
    with pytest.raises(UnreadableFile, match=f"{lost.name} is missing"):
        hpo_offer.release_of(files)


@pytest.mark.parametrize(("name", "kept"), [("hp.obo", 0.5), ("phenotype.hpoa", 0.9), ("genes_to_phenotype.txt", 0.9)])
def test_a_file_cut_short_is_refused(tmp_path, library, name, kept):
    files = release_files(tmp_path)
    path = next(f for f in files if f.name == name)
    text = path.read_text()
    path.write_text(text[: int(kept * len(text))])
    with pytest.raises(UnreadableFile, match="fetch it again"):
        installed(library, hpo_offer.OFFER, *files)
    assert library.installed() == ()


def test_a_file_without_a_release_is_refused(tmp_path):
    files = release_files(tmp_path)
    files[0].write_text(OBO.replace("data-version", "date"))
    with pytest.raises(UnreadableFile, match="which release it is"):
        hpo_offer.release_of(files)


def test_an_installed_file_changed_afterwards_is_refused(tmp_path, library):
    done = installed(library, hpo_offer.OFFER, *release_files(tmp_path))
    (done.folder / FILES[0]).write_text(OBO.replace("2020-02-02", DAY) + "\n")
    with pytest.raises(IntegrityError, match="damaged; install it again"):
        load_hpo(tmp_path / "cache", library)


def test_the_release_that_ships_installs_as_well(tmp_path, library):
    from models.knowledge.hpo_files import data_folder

    done = installed(library, hpo_offer.OFFER, *(data_folder() / name for name in FILES))
    assert done.release.version == knowledge().hpo.release
    assert installed_hpo(library) == done
