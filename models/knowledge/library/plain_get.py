"""One plain GET: what Caseboard says to a server, which is nothing but the address of a public file.

No cookies, no credentials (not even of a netrc file), no referrer, a neutral User-Agent. Proxies and the
certificates of an institution are taken from the environment, as every tool does.
"""

import os
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
import urllib3
from requests.utils import get_environ_proxies

from models.errors import CaseboardError, InputError

# identity: a .gz must arrive as it lies on the server, not unpacked on the way.
_HEADERS = {"User-Agent": "caseboard", "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close"}
_REDIRECTS = 5
_READ_BYTES = 1 << 20


@dataclass(frozen=True)
class Patience:
    """How long to wait for a server.

    tries: attempts in a row without one new byte. first_pause_s: before the second; doubled each time.
    connect_s: for the connection. silence_s: without a byte before the connection counts as lost.
    """

    tries: int = 6
    first_pause_s: float = 1.0
    connect_s: float = 20.0
    silence_s: float = 60.0
    pause: Callable[[float], None] = time.sleep


class Lost(CaseboardError):
    """The connection failed in a way that may pass; never leaves this package."""


class _Session(requests.Session):
    def resolve_redirects(self, *_args: Any, **_more: Any) -> Generator[requests.Response, None, None]:
        """None by itself: it would read the whole body of a redirect first; `_follow` does it."""
        yield from ()


@contextmanager
def get(address: str, headers: Mapping[str, str], patience: Patience) -> Iterator[requests.Response]:
    """The answer to a GET, its body unread; redirects are followed, from https to https only.

    Raises Lost for what may pass (no connection, 429, 5xx), InputError for an address that is none or may
    not be asked, and for a refusal (403, 404). 304 and 416 are answers.
    """
    with _Session() as session:
        session.trust_env = False  # would add credentials of a netrc file
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
        session.headers.clear()
        session.headers.update({**_HEADERS, **headers})
        with _follow(session, address, patience) as response:
            _judge(response, host_of(address))
            yield response


def _follow(session: requests.Session, address: str, patience: Patience) -> requests.Response:
    asked = address
    for _ in range(_REDIRECTS + 1):
        response = _ask(session, asked, patience)
        if not response.is_redirect:
            return response
        response.close()
        onward = _joined(asked, response.headers["location"])
        if asked.startswith("https:") and not onward.startswith("https:"):
            raise InputError(f"{host_of(address)} leads to an address that is not encrypted; that is not followed.")
        asked = onward
    raise InputError(f"{host_of(address)} sends from one address to the next without an end.")


def _ask(session: requests.Session, address: str, patience: Patience) -> requests.Response:
    host = host_of(address)
    try:
        return session.get(
            address,
            stream=True,
            allow_redirects=False,
            timeout=(patience.connect_s, patience.silence_s),
            proxies=get_environ_proxies(address, no_proxy=None),
            verify=os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE") or True,
        )
    except requests.exceptions.SSLError as problem:
        raise InputError(
            f"{host} could not prove who it is (certificate). Where an institution reads along, "
            "set REQUESTS_CA_BUNDLE to its certificates."
        ) from problem
    except (requests.RequestException, urllib3.exceptions.HTTPError) as problem:
        raise Lost(f"no connection to {host}") from problem


def _joined(asked: str, location: str) -> str:
    """Where a redirect leads. Raises InputError when that may not be asked."""
    try:
        onward = urljoin(asked, location)
    except ValueError:
        onward = ""  # no address at all
    host_of(onward)
    return onward


def host_of(address: str) -> str:
    """The host of an address that may be asked.

    Raises InputError for anything but http(s)://host, and for an address that holds a user name or a password.
    """
    try:
        parts = urlsplit(address)
        if parts.scheme in ("http", "https") and parts.hostname and not parts.username and parts.port != 0:
            return parts.hostname
    except ValueError:
        pass  # said below
    raise InputError("Only addresses like https://host/path are downloaded, without a user name; check the address.")


def _judge(response: requests.Response, host: str) -> None:
    status = response.status_code
    if status in (200, 206, 304, 416):
        return
    if status == 429 or status >= 500:
        raise Lost(f"{host} answers {status}")
    kind = {404: "not there (404)", 410: "not there any more (410)", 401: "refused (401)", 403: "refused (403)"}
    raise InputError(f"the file is {kind.get(status, f'not given ({status})')} at {host}.")


def body(response: requests.Response) -> Iterator[bytes]:
    """The bytes as they come. Raises Lost when the connection ends before they do."""
    while True:
        try:
            chunk: bytes = response.raw.read1(_READ_BYTES, decode_content=False)
        except (urllib3.exceptions.HTTPError, OSError) as problem:
            raise Lost("the connection was lost") from problem
        if not chunk:
            return
        yield chunk


def mirrored(address: str, mirror: str) -> str:
    """`address` with the base `mirror` in place of its scheme and host; its path and query are kept.

    https://host/a/b.gz at the mirror http://files.example.org/knowledge is http://files.example.org/knowledge/a/b.gz.
    """
    host_of(address)
    if not mirror:
        return address
    host_of(mirror)
    parts, base = urlsplit(address), urlsplit(mirror)
    if base.query or base.fragment:
        raise InputError("A mirror is an address like https://host/path, with nothing after a ? or a #.")
    return base._replace(path=base.path.rstrip("/") + parts.path, query=parts.query).geturl()
