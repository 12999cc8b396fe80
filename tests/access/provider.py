"""A small OpenID Connect provider on 127.0.0.1: discovery, authorize, token with a signed id_token, and its keys.

Whoever `person` names is signed in without being asked, as at a provider that knows the browser already.
"""

import base64
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT = "caseboard"
CLIENT_SECRET = "of the client"
KEY = RSAKey.generate_key(2048, {"kid": "one"}, private=True)


@dataclass
class Provider:
    """person: the claims of who signs in next. answers: how often a token was asked for. asked: what the last way here
    asked for. known_since: when it asked this browser for proof; it asks again, and says when, only if it is told to.
    """

    port: int = 0
    person: dict[str, Any] = field(default_factory=dict)
    nonces: dict[str, str] = field(default_factory=dict)
    answers: int = 0
    asked: dict[str, str] = field(default_factory=dict)
    known_since: int = 0

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def redirect(self, asked: dict[str, str]) -> str:
        code, self.asked = secrets.token_urlsafe(16), asked
        self.known_since = int(time.time()) if asked.get("prompt") == "login" else self.known_since
        self.nonces[code] = asked.get("nonce", "")
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def tokens(self, code: str) -> dict[str, Any]:
        self.answers += 1
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": self.nonces.pop(code)}
        told = {"auth_time": self.known_since} if "max_age" in self.asked else {}
        token = jwt.encode({"alg": "RS256", "kid": "one"}, claims | told | self.person, KEY)
        return {"access_token": secrets.token_urlsafe(8), "token_type": "Bearer", "expires_in": 300, "id_token": token}


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urlsplit(self.path)
            if address.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", provider.redirect(dict(parse_qsl(address.query))))
                self.end_headers()
            elif address.path == "/jwks":
                self._say({"keys": [KEY.as_dict(private=False)]})
            else:
                self._say(provider.metadata())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            said = base64.b64decode(self.headers.get("Authorization", "Basic ").split(" ", 1)[1]).decode()
            if said == f"{CLIENT}:{CLIENT_SECRET.replace(' ', '+')}" or said == f"{CLIENT}:{CLIENT_SECRET}":
                self._say(provider.tokens(dict(parse_qsl(body))["code"]))
            else:
                self.send_error(401)

        def _say(self, content: dict[str, Any]) -> None:
            body = json.dumps(content).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    return Handler


@contextmanager
def provider() -> Iterator[Provider]:
    """A provider that runs until the end of the block."""
    ours = Provider()
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(ours)) as server:
        ours.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield ours
        server.shutdown()
