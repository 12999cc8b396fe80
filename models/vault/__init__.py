"""How what is kept on this machine is protected when the disk is lost."""

from models.vault.protection import NotAssessed, Plain, Protected, Protection, protection

__all__ = ["NotAssessed", "Plain", "Protected", "Protection", "protection"]
