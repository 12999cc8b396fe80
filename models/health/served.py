"""Who can reach this server, how full it is, and of which versions it is made. Pure judgements."""

from ipaddress import ip_address

from models.case import NotAssessed
from models.health.answers import Answer, Check, Facts, Good, Group, Look, Server, Trouble
from models.knowledge.library.disk import amount

# Our own choice: one more case on the screen takes about a third of it.
LEAST_MEMORY_BYTES = 10**9
IN_TERMINAL = "Only the running Caseboard knows; look at its System screen."


def sign_in(facts: Facts) -> Answer:
    found = facts.server
    if found is None:
        return NotAssessed(IN_TERMINAL)
    if found.sign_in and found.trouble:
        return Look(found.trouble, "docs/people.md tells what belongs into secrets.toml.")
    if found.sign_in:
        return Good("People sign in through the provider.")
    if _is_here_only(found):
        return Good("Single user: nobody signs in, and only this computer is answered.")
    return Look("Nobody signs in, and other computers are answered.", "Set up sign-in, or listen on 127.0.0.1 only.")


def reach(facts: Facts) -> Answer:
    found = facts.server
    if found is None:
        return NotAssessed(IN_TERMINAL)
    if _is_here_only(found):
        return Good("Listens on this computer only.")
    where = found.address or "every address of this computer"
    return Look(
        f"Listens on {where}, without encryption.",
        "Listen on 127.0.0.1 (server.address) behind a web server that speaks TLS (docs/people.md).",
    )


def _is_here_only(server: Server) -> bool:
    """Whether it listens on a loopback address (RFC 1122, section 3.2.1.3; RFC 4291, section 2.5.3)."""
    if server.address == "localhost":
        return True
    try:
        return ip_address(server.address).is_loopback
    except ValueError:  # a name, or none: every address
        return False


def memory(facts: Facts) -> Answer:
    found = facts.memory
    if isinstance(found, Trouble):
        return NotAssessed(found.sentence)
    said = f"{amount(found.available_bytes)} free"
    if facts.server is not None:
        windows = "window" if facts.server.sessions == 1 else "windows"
        said = f"{amount(found.used_bytes)} used with {facts.server.sessions} {windows} open, {said}"
    if found.available_bytes < LEAST_MEMORY_BYTES:
        todo = f"Below {amount(LEAST_MEMORY_BYTES)} the system may end programs: close others, or give it more memory."
        return Look(f"{said}.", todo, found.available_bytes, "B")
    return Good(f"{said}.", found.available_bytes, "B")


def versions(facts: Facts) -> Answer:
    found = facts.versions
    if isinstance(found, Trouble):
        return NotAssessed(f"Which packages belong here is not told: {found.sentence}")
    made = f"Caseboard {found.caseboard}" if found.caseboard else "Caseboard (commit not told by this copy)"
    said = f"{made}, Python {found.python}"
    if found.others:
        more = f" and {len(found.others) - 1} more" if len(found.others) > 1 else ""
        todo = "Run the install again: only the pinned versions were tested."
        return Look(f"{said}; {found.others[0]}{more}.", todo, len(found.others), "packages")
    return Good(f"{said}; {found.packages} packages, each in its pinned version.", found.packages, "packages")


SERVER = (
    Check("sign_in", "Sign-in", Group.SERVER, sign_in),
    Check("reach", "Who can reach it", Group.SERVER, reach),
    Check("memory", "Memory", Group.SERVER, memory),
    Check("versions", "Versions", Group.SERVER, versions),
)
