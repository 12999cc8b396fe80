"""Which releases of reference knowledge are installed on this machine, and how they get here.

Reading never writes, so a read-only folder shared by a department works. Installing, updating and removing
go through one place and switch by a single rename: a crash leaves the release that was there before.
"""

from models.knowledge.library.install import install_files, remove, switch
from models.knowledge.library.installed import Installed, Library, library_folder
from models.knowledge.library.offer import Addressed, Licence, Offer, Progress
from models.knowledge.library.verify import repair, verify

__all__ = [
    "Addressed",
    "Installed",
    "Library",
    "Licence",
    "Offer",
    "Progress",
    "install_files",
    "library_folder",
    "remove",
    "repair",
    "switch",
    "verify",
]
