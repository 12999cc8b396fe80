"""How what is kept on this machine is protected when the disk is lost: vaults, and what encrypts the disk."""

from models.vault.place import (
    Vault,
    beside_vault,
    home_folder,
    keep_temporary_files_in,
    refuse_closed,
    temporary_files,
    vault_of,
)
from models.vault.protection import NotAssessed, Plain, Protected, Protection, protection

__all__ = [
    "NotAssessed",
    "Plain",
    "Protected",
    "Protection",
    "Vault",
    "beside_vault",
    "home_folder",
    "keep_temporary_files_in",
    "protection",
    "refuse_closed",
    "temporary_files",
    "vault_of",
]
