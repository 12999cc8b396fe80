"""Whether a disk is encrypted is said only where the system says so; what cannot be known is not assessed."""

from pathlib import Path

import pytest

from models.vault import NotAssessed, Plain, Protected, protection

PHYSICAL = "processor : 0\nflags\t\t: fpu aes sse2\n"
VIRTUAL = "processor : 0\nflags\t\t: fpu aes hypervisor sse2\n"


class Machine:
    """A machine made of what its kernel would say: mounts, disks and what lies below each."""

    def __init__(self, root, cpu=PHYSICAL):
        self.root = root
        (root / "proc" / "self").mkdir(parents=True)
        (root / "sys" / "dev" / "block").mkdir(parents=True)
        (root / "proc" / "cpuinfo").write_text(cpu)
        self.mounts = []

    def mount(self, point, kind="ext4", device="8:1", source="/dev/sda1"):
        point = str(point).replace(" ", "\\040")
        self.mounts.append(f"22 1 {device} / {point} rw,relatime shared:1 - {kind} {source} rw\n")
        (self.root / "proc" / "self" / "mountinfo").write_text("".join(self.mounts))
        return self

    def disk(self, device="8:1", name="sda1", uuid="", below=(), backing=None):
        place = self.root / "sys" / "devices" / name
        (place / "slaves").mkdir(parents=True)
        (self.root / "sys" / "dev" / "block" / device).symlink_to(place)
        for lower in below:
            (place / "slaves" / lower).symlink_to(self.root / "sys" / "devices" / lower)
        if uuid:
            (place / "dm").mkdir()
            (place / "dm" / "uuid").write_text(uuid + "\n")
        if backing:
            (place / "loop").mkdir()
            (place / "loop" / "backing_file").write_text(f"{backing}\n")
        return self

    def says(self, path):
        return protection(path, self.root)


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path / "machine")


@pytest.fixture(autouse=True)
def on_linux(monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")


@pytest.mark.parametrize(
    ("uuid", "by"),
    [
        ("CRYPT-LUKS1-0123-home", "LUKS"),
        ("CRYPT-LUKS2-0123-home", "LUKS2"),
        ("CRYPT-BITLK-0123-home", "BitLocker"),
        ("CRYPT-PLAIN-home", "dm-crypt"),
    ],
)
def test_a_disk_that_the_kernel_encrypts_is_protected_by_name(uuid, by, machine, tmp_path):
    machine.disk("253:0", "dm-0", uuid).mount("/", device="253:0", source="/dev/mapper/home")
    assert machine.says(tmp_path) == Protected(by)


@pytest.mark.parametrize("uuid", ["CRYPT-VERITY-0123-usr", "CRYPT-INTEGRITY-0123", "LVM-abc"])
def test_a_disk_that_is_only_checked_or_divided_is_not_called_encrypted(uuid, machine, tmp_path):
    machine.disk("253:0", "dm-0", uuid).mount("/", device="253:0")
    assert machine.says(tmp_path) == Plain()


def test_a_volume_on_an_encrypted_disk_is_protected(machine, tmp_path):
    machine.disk("253:0", "dm-0", "CRYPT-LUKS2-1").disk("253:1", "dm-1", "LVM-1", below=["dm-0"])
    assert machine.mount("/", device="253:1").says(tmp_path) == Protected("LUKS2")


def test_a_volume_of_which_one_disk_is_plain_is_plain(machine, tmp_path):
    machine.disk("253:0", "dm-0", "CRYPT-LUKS2-1").disk("8:17", "sdb1")
    machine.disk("253:1", "dm-1", "LVM-1", below=["dm-0", "sdb1"]).mount("/", device="253:1")
    assert machine.says(tmp_path) == Plain()


def test_a_file_used_as_a_disk_is_as_protected_as_where_it_lies(machine, tmp_path):
    machine.disk("253:0", "dm-0", "CRYPT-LUKS2-1").mount("/", device="253:0")
    (tmp_path / "mnt").mkdir()
    machine.disk("7:0", "loop0", backing=tmp_path / "disk.img").mount(tmp_path / "mnt", device="7:0")
    assert machine.says(tmp_path / "mnt") == Protected("LUKS2")


def test_a_plain_disk_of_a_physical_machine_is_plain(machine, tmp_path):
    assert machine.disk().mount("/").says(tmp_path) == Plain()


def test_the_disk_of_a_virtual_machine_is_not_assessed(tmp_path):
    on_flags = Machine(tmp_path / "a", VIRTUAL).disk().mount("/").says(tmp_path)
    on_name = Machine(tmp_path / "b").disk("254:0", "vda").mount("/", device="254:0").says(tmp_path)
    unknown = Machine(tmp_path / "c", "processor : 0\n").disk().mount("/").says(tmp_path)
    assert all(isinstance(said, NotAssessed) for said in (on_flags, on_name, unknown))
    assert "its host encrypts" in on_flags.reason == on_name.reason


@pytest.mark.parametrize(("kind", "by"), [("fuse.gocryptfs", "gocryptfs"), ("ecryptfs", "eCryptfs")])
def test_a_file_system_that_encrypts_is_protected_whatever_lies_below(kind, by, machine, tmp_path):
    folder = tmp_path / "a folder"
    folder.mkdir()
    machine.disk().mount("/").mount(folder, kind, "0:40", "/cipher")
    assert (machine.says(folder), machine.says(tmp_path)) == (Protected(by), Plain())


def test_of_two_mounts_on_one_folder_the_later_counts(machine, tmp_path):
    machine.disk().mount("/").mount(tmp_path, "fuse.gocryptfs", "0:40", "/c").mount(tmp_path)
    assert machine.says(tmp_path) == Plain()


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "tmpfs", "overlay", "zfs"])
def test_a_share_a_container_or_memory_is_not_assessed(kind, machine, tmp_path):
    said = machine.mount("/", kind, "0:50", "server").says(tmp_path)
    assert isinstance(said, NotAssessed) and said.reason.endswith(".")


def test_what_does_not_exist_yet_is_judged_by_where_it_will_lie(machine, tmp_path):
    assert machine.disk().mount("/").says(tmp_path / "not" / "yet") == Plain()


def test_a_folder_encrypted_by_its_file_system_is_protected(machine, tmp_path, monkeypatch):
    machine.disk().mount("/")
    monkeypatch.setattr("fcntl.ioctl", lambda *_: (0x800).to_bytes(8, "little"))
    assert machine.says(tmp_path) == Protected("fscrypt")


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_another_system_is_not_assessed_and_told_where_to_look(system, monkeypatch):
    monkeypatch.setattr("sys.platform", system)
    assert "FileVault" in protection(Path("/")).reason


def test_a_system_that_says_nothing_is_not_assessed(tmp_path):
    assert isinstance(protection(tmp_path, tmp_path / "nothing"), NotAssessed)
