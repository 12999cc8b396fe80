"""The real offers, in the formats of their owners, from a server on this machine at the owners' own paths."""

import hashlib
from urllib.parse import urlsplit

import pysam
import pytest

import cli
from models.case import Assembly
from models.knowledge.library import Library, verify
from tests.knowledge.golden_library import CLINVAR_ROWS, DELIVERED, clinvar, offer_of, packed
from tests.knowledge.library import server as web
from tests.shared_data import shared

CLINVAR = "/k/pub/clinvar/vcf_GRCh38/clinvar.vcf.gz"
B38 = Assembly.GRCH38


@pytest.fixture
def library(tmp_path, monkeypatch):
    monkeypatch.setenv("CASEBOARD_KNOWLEDGE", str(tmp_path / "knowledge"))
    return Library(tmp_path / "knowledge")


def bgzip(folder, text):
    path = folder / "bgzipped"
    with pysam.BGZFile(str(path), "wb") as file:
        file.write(text.encode())
    return path.read_bytes()


def publish(served, content, path=CLINVAR, listed_as="clinvar_20261110.vcf.gz"):
    """As NCBI does: the list of checksums names the dated file by its path on their disk."""
    served.put(path, content)
    served.put(f"{path}.md5", f"{hashlib.md5(content).hexdigest()}  /panfs/ftp/{listed_as}\n".encode())


def knowledge(capsys, served, *words):
    mirror = ["--mirror", f"{served.base}/k"] if words[0] in ("install", "update") else []
    code = cli.main(["knowledge", *words, *mirror])
    said = capsys.readouterr()
    return code, said.out, said.err


INSTALL = ("install", "clinvar", "--build", "GRCh38")


def test_clinvar_is_installed_updated_and_gone_back_on(served, library, tmp_path, capsys):
    publish(served, bgzip(tmp_path, clinvar()))
    served.then(CLINVAR, web.drop_after(200), web.drop_after(200))
    code, out, _ = knowledge(capsys, served, *INSTALL)
    assert (code, out.split(" is installed")[0]) == (0, "ClinVar 2026-11-10 for GRCh38")
    assert library.current("clinvar", Assembly.GRCH37) is None

    newer = clinvar().replace("fileDate=2026-11-10", "fileDate=2026-11-17")
    publish(served, bgzip(tmp_path, newer))
    assert "knowledge use clinvar --build GRCh38 --release 2026-11-10" in knowledge(capsys, served, "update")[1]
    assert library.current("clinvar", B38).release.version == "2026-11-17"
    assert "already the newest" in knowledge(capsys, served, "update", "clinvar")[1]

    assert knowledge(capsys, served, "use", "clinvar", "--release", "2026-11-10")[0] == 0
    assert library.current("clinvar", B38).release.released_on == "2026-11-10"
    assert verify(library) == ()


def broken(served, tmp_path, how):
    content = bgzip(tmp_path, clinvar().replace("fileDate=2026-11-10", "fileDate=2026-11-17"))
    if how == "another build":
        content = bgzip(tmp_path, clinvar(CLINVAR_ROWS[:1], "GRCh37").replace("2026-11-10", "2026-11-17"))
    if how == "cut short, with a checksum that agrees":
        content = content[:-40]
    publish(served, content)
    if how == "wrong checksum":
        served.put(f"{CLINVAR}.md5", b"0" * 32 + b"  clinvar.vcf.gz\n")
    if how == "gone":
        del served.files[CLINVAR]


@pytest.mark.parametrize("how", ["another build", "cut short, with a checksum that agrees", "wrong checksum", "gone"])
def test_a_newer_clinvar_that_cannot_be_trusted_leaves_the_old_one_in_use(served, library, tmp_path, capsys, how):
    publish(served, bgzip(tmp_path, clinvar()))
    knowledge(capsys, served, *INSTALL)
    broken(served, tmp_path, how)
    for verb in (("update",), INSTALL):
        code, _, err = knowledge(capsys, served, *verb)
        assert (code, "Traceback" in err) == (2, False)
    assert library.current("clinvar", B38).release.version == "2026-11-10"
    assert (len(library.copies()), verify(library)) == (1, ())


@pytest.mark.parametrize(
    ("source", "build", "name", "text"), DELIVERED, ids=[f"{d[0]}-{d[1].value}" for d in DELIVERED]
)
def test_each_owners_format_is_installed_from_a_file_of_ones_own(
    served, library, tmp_path, capsys, source, build, name, text
):
    file = packed(tmp_path, name, text)
    words = ("--build", build.value, "--file", str(file), "--accept-licence", "Ada Lovelace")
    code = cli.main(["knowledge", "install", source, *words])
    assert (code, served.requests) == (0, []), capsys.readouterr().err
    installed = library.current(source, build)
    assert installed.terms_accepted_by == ("Ada Lovelace" if offer_of(source, build).licence.must_accept else "")
    assert f"{source}: " in cli_list(capsys)
    assert verify(library) == ()


def cli_list(capsys):
    capsys.readouterr()
    cli.main(["knowledge", "list"])
    return capsys.readouterr().out


def test_a_mirror_made_of_the_listed_addresses_is_all_that_an_install_asks(served, library, tmp_path, capsys):
    cli.main(["knowledge", "list", "clinvar", "--addresses"])
    listed = capsys.readouterr().out.splitlines()
    publish(served, bgzip(tmp_path, clinvar()))
    knowledge(capsys, served, *INSTALL)
    assert {path for path, _, _ in served.requests} <= {f"/k{urlsplit(address).path}" for address in listed}


@pytest.mark.shared
def test_a_real_clinvar_is_installed_for_its_own_build_only(served, library, capsys):
    content = shared("vcf_real/slivar_clinvar_20191007.vcf.gz").read_bytes()
    for build in ("GRCh37", "GRCh38"):
        publish(served, content, f"/k/pub/clinvar/vcf_{build}/clinvar.vcf.gz")
    code, _, err = knowledge(capsys, served, *INSTALL)
    assert (code, "on GRCh37" in err, library.installed()) == (2, True, ())
    code, out, _ = knowledge(capsys, served, "install", "clinvar", "--build", "GRCh37")
    assert (code, out.split(" is installed")[0]) == (0, "ClinVar 2019-10-07 for GRCh37")
