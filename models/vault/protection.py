"""What encrypts the disk under a folder, as far as the system says so.

Looked for, on Linux: gocryptfs, CryFS and eCryptfs as the file system; fscrypt on the folder; dm-crypt (LUKS,
BitLocker, VeraCrypt ... as cryptsetup names them) anywhere under the disk, also below LVM, RAID and loop devices.
"Plain" is said only of a disk of a physical machine. A virtual disk, a share and other systems are not assessed:
the host, the server, FileVault or BitLocker may encrypt what from inside looks plain.

Sources: proc(5), "mountinfo"; Documentation/ABI/testing/sysfs-block-dm of the Linux kernel (dm/uuid, slaves);
cryptsetup's CRYPT- prefixes (lib/utils_device_locking, libdevmapper.c: dm_uuid_type).
"""

import os
import re
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from models.vault.place import vault_of

# dm-verity and dm-integrity also begin with CRYPT-, and encrypt nothing.
_CRYPT = {
    "CRYPT-LUKS1-": "LUKS",
    "CRYPT-LUKS2-": "LUKS2",
    "CRYPT-PLAIN-": "dm-crypt",
    "CRYPT-BITLK-": "BitLocker",
    "CRYPT-TCRYPT-": "VeraCrypt",
    "CRYPT-LOOPAES-": "loop-AES",
    "CRYPT-FVAULT2-": "FileVault",
}
_ENCRYPTING = {"fuse.gocryptfs": "gocryptfs", "fuse.cryfs": "CryFS", "ecryptfs": "eCryptfs"}
_SHARES = ("nfs", "nfs4", "cifs", "smb3", "9p", "virtiofs", "ceph", "glusterfs", "fuse.sshfs", "fuse.rclone")
_FSCRYPT = ("ext4", "f2fs", "ubifs")
_GETFLAGS, _ENCRYPTED = 0x80086601, 0x00000800  # FS_IOC_GETFLAGS and FS_ENCRYPT_FL, linux/fs.h
_VIRTUAL_DISKS = ("vd", "xvd", "sr", "nbd", "zram")


@dataclass(frozen=True)
class Protected:
    """What is written here is encrypted on the disk. by: what does it, for people ("LUKS2")."""

    by: str


@dataclass(frozen=True)
class Plain:
    """Nothing that this system can see encrypts what is written here. sentence: that, and what could be missed."""

    sentence: str = "No encryption of the disk was found; a drive that encrypts itself cannot be seen from here."


@dataclass(frozen=True)
class NotAssessed:
    """Nobody here can say whether it is encrypted. reason: why, and where to look instead."""

    reason: str


Protection: TypeAlias = Protected | Plain | NotAssessed


@dataclass(frozen=True)
class Mount:
    """One line of /proc/self/mountinfo. device: "major:minor", of the mount itself for some file systems."""

    device: str
    point: str
    kind: str
    source: str


def protection(path: Path, root: Path = Path("/")) -> Protection:
    """What encrypts the disk under `path`, which need not exist yet. root: where /proc and /sys are."""
    if vault_of(path).is_linked:
        return Protected("this installation's vault, gocryptfs")
    if not sys.platform.startswith("linux"):
        return NotAssessed("Not looked for on this system; ask FileVault (macOS) or BitLocker (Windows).")
    try:
        return _judged(_existing(path), root)
    except OSError as problem:
        return NotAssessed(f"The system did not say what lies under this folder ({problem.strerror}).")


def _existing(path: Path) -> Path:
    """Where what will be written at `path` will lie: the path itself, else the nearest folder above it."""
    found = path.absolute()
    while not found.exists() and found != found.parent:
        found = found.parent
    return found.resolve()


def _judged(path: Path, root: Path) -> Protection:
    mount = mount_of(path, root)
    if mount is None:
        return NotAssessed("The system does not list what is mounted here.")
    if mount.kind in _ENCRYPTING:
        return Protected(_ENCRYPTING[mount.kind])
    if mount.kind in _FSCRYPT and _has_fscrypt(path):
        return Protected("fscrypt")
    if mount.kind in _SHARES:
        return NotAssessed("The folder is a share; ask whoever looks after the server whether its disk is encrypted.")
    block = root / "sys" / "dev" / "block" / _device(mount, root)
    if not block.exists():
        return NotAssessed(f"No disk is known under this folder (file system: {mount.kind}).")
    return _disk(block, root)


def mount_of(path: Path, root: Path = Path("/")) -> Mount | None:
    """The mount that `path` (resolved) lies on: the longest point above it, of equal ones the last."""
    best: Mount | None = None
    for line in (root / "proc" / "self" / "mountinfo").read_text(errors="surrogateescape").splitlines():
        mount = _mount(line)
        if path.is_relative_to(mount.point) and (best is None or len(mount.point) >= len(best.point)):
            best = mount
    return best


def _mount(line: str) -> Mount:
    before, after = line.split(" - ", 1)
    words, (kind, source) = before.split(" "), after.split(" ")[:2]
    return Mount(words[2], _unescaped(words[4]), kind, _unescaped(source))


def _unescaped(text: str) -> str:
    """Spaces and the like stand as octal numbers in mountinfo."""
    return re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), text)


def _device(mount: Mount, root: Path) -> str:
    """Major:minor of the disk; btrfs and others give a number of their own, and name the disk as their source."""
    try:
        found = (root / mount.source.lstrip("/")).stat()
    except OSError:
        return mount.device
    return f"{os.major(found.st_rdev)}:{os.minor(found.st_rdev)}" if stat.S_ISBLK(found.st_mode) else mount.device


def _disk(block: Path, root: Path) -> Protection:
    """A disk is protected when it is dm-crypt's, or when every disk below it is."""
    uuid = block / "dm" / "uuid"
    kind = uuid.read_text() if uuid.exists() else ""
    by = next((name for prefix, name in _CRYPT.items() if kind.startswith(prefix)), "")
    if by:
        return Protected(by)
    backing = block / "loop" / "backing_file"
    if backing.exists():
        return _judged(_existing(Path(backing.read_text().strip())), root)
    below = sorted((block / "slaves").iterdir()) if (block / "slaves").is_dir() else []
    if not below:
        return _bare(block, root)
    found = [_disk(one, root) for one in below]
    return next((f for kind in (Plain, NotAssessed) for f in found if isinstance(f, kind)), found[0])


def _bare(block: Path, root: Path) -> Protection:
    """A disk with nothing below it that the system knows of."""
    virtual = "The disk is a virtual one; ask whoever looks after the machine whether its host encrypts it."
    if block.resolve().name.startswith(_VIRTUAL_DISKS):
        return NotAssessed(virtual)
    processor = (root / "proc" / "cpuinfo").read_text(errors="replace")
    flags = re.search(r"^flags\s*:(.*)$", processor, re.MULTILINE)
    if flags is None:
        return NotAssessed(
            "Whether this machine is a virtual one is not known, nor whether its host encrypts the disk."
        )
    return NotAssessed(virtual) if "hypervisor" in flags[1].split() else Plain()


def _has_fscrypt(folder: Path) -> bool:
    """Whether the file system itself encrypts this folder (fscrypt)."""
    import fcntl  # not on Windows

    opened = os.open(folder, os.O_RDONLY)
    try:
        answer = fcntl.ioctl(opened, _GETFLAGS, bytes(8))
    except OSError:
        return False
    finally:
        os.close(opened)
    return bool(int.from_bytes(answer, sys.byteorder) & _ENCRYPTED)
