"""Where a vault lies, and whether it is open.

    caseboard                 a link to caseboard.vault/open/data: the home of cases and decisions
    caseboard.vault/cipher    what lies on the disk: names and contents encrypted (gocryptfs)
    caseboard.vault/open      where it is mounted while it is open; empty while it is closed
    caseboard.vault/knowledge what was installed of public knowledge, unencrypted: nobody's data

Closed, the link leads nowhere: whatever wants to write to the home fails, as root too, after a crash and after a
restart of the machine. No new installation can begin in an empty mount point.
"""

import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from models.errors import IntegrityError

CONFIGURATION = "gocryptfs.conf"
_CLOSED = (
    "The data of this installation is in a closed vault; nothing is lost. Open it: `python cli.py vault open`, "
    "or start Caseboard with `python cli.py start --vault`."
)
_INTERRUPTED = (
    "Moving the data into a vault was interrupted; nothing is lost. "
    "Run `python cli.py vault create` again: it begins by putting things back."
)


@dataclass(frozen=True)
class Vault:
    """The vault of a home, which need not exist."""

    home: Path

    @property
    def root(self) -> Path:
        return self.home.with_name(f"{self.home.name}.vault")

    @property
    def cipher(self) -> Path:
        return self.root / "cipher"

    @property
    def mount(self) -> Path:
        return self.root / "open"

    @property
    def data(self) -> Path:
        return self.mount / "data"

    @property
    def temporary(self) -> Path:
        """Inside the vault, beside the home: temporary files of whoever works with it."""
        return self.mount / "temporary"

    @property
    def plain(self) -> Path:
        """What was the home before it was moved in, until a person removes it."""
        return self.home.with_name(f"{self.home.name}.unencrypted")

    @property
    def unfinished(self) -> Path:
        """The mark of a vault whose making has not ended."""
        return self.root / "unfinished"

    @property
    def link(self) -> str:
        return f"{self.root.name}/open/data"

    @property
    def exists(self) -> bool:
        return is_there(self.cipher / CONFIGURATION)

    @property
    def is_linked(self) -> bool:
        return self.home.is_symlink() and self.home.readlink() == Path(self.link)

    @property
    def is_mounted(self) -> bool:
        return os.path.ismount(self.mount) and not is_dead(self.mount)

    @property
    def is_open(self) -> bool:
        return self.is_mounted and is_there(self.data)


def home_folder() -> Path:
    """The home of this installation, whether its vault is open or closed: $CASEBOARD_HOME or the user's data folder."""
    asked = os.environ.get("CASEBOARD_HOME", "")
    return Path(asked) if asked else Path(platformdirs.user_data_path("caseboard"))


def vault_of(home: Path) -> Vault:
    """The vault that `home` has or would have; `home` itself is not followed when it is a link."""
    whole = home.expanduser().absolute()
    return Vault(whole.parent.resolve() / whole.name)


def beside_vault(folder: Path) -> Path:
    """Where a folder of the home that was kept out of its vault lies: it can be reached while the vault is closed."""
    vault = vault_of(folder.parent)
    kept = vault.root / folder.name
    return kept if vault.is_linked and is_there(kept) else folder


def is_there(path: Path) -> bool:
    """Whether it can be reached: not in a mount whose program died, not behind a link that leads nowhere."""
    try:
        path.stat()
    except OSError:
        return False
    return True


def is_dead(mount: Path) -> bool:
    """Whether the program behind a mount has died: the folder is there, and nothing in it can be reached. It is asked
    for its room, because the kernel remembers the answers to other questions for a second."""
    try:
        shutil.disk_usage(mount)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


def refuse_closed(home: Path) -> None:
    """Raises IntegrityError when the data belonging to `home` is there but not reachable."""
    vault = vault_of(home)
    if vault.is_linked:
        if not vault.is_open:
            raise IntegrityError(_CLOSED)
    elif not is_there(home) and any(map(is_there, (vault.cipher, vault.unfinished, vault.plain))):
        raise IntegrityError(_INTERRUPTED if is_there(vault.unfinished) else _CLOSED)


def temporary_files(home: Path) -> Mapping[str, str]:
    """The environment with which programs put their temporary files into the vault; empty where none is open."""
    vault = vault_of(home)
    if not (vault.is_linked and vault.is_open):
        return {}
    vault.temporary.mkdir(exist_ok=True, mode=0o700)
    return dict.fromkeys(("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"), str(vault.temporary))


def keep_temporary_files_in(home: Path) -> None:
    """From now on temporary files of this process and of those it starts lie in the vault, if one is open; and none of
    them leaves its memory (patients, passphrases) on the disk when it crashes."""
    if os.name == "posix":
        import resource  # not on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    if where := temporary_files(home):
        os.environ.update(where)
        tempfile.tempdir = where["TMPDIR"]
