"""While the vault of this installation is closed every request is answered with the sentence that says so.

Without it the door would find no list of people in the home, and take a department's installation for one person's.
"""

import re
from html import escape

from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from models.errors import IntegrityError
from models.vault import home_folder, refuse_closed

_UNAVAILABLE, _TRY_AGAIN_LATER = 503, 1013  # of HTTP (RFC 9110) and of WebSockets (IANA's registry of close codes)
_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
}
_COMMAND = re.compile(r"`([^`]*)`")
_PAGE = """<!doctype html><html lang="en"><title>Caseboard: closed vault</title>
<meta name="color-scheme" content="light dark"><meta name="viewport" content="width=device-width">
<style>
body {{font: 1.1rem/1.6 system-ui, sans-serif; max-width: 42rem; margin: 15vh auto; padding: 0 1rem}}
code {{white-space: nowrap}}
</style>
<h1>The data cannot be reached now</h1><p>{sentence}</p></html>"""


class VaultGate:
    """Outermost: nothing else looks into the home before."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        try:
            refuse_closed(home_folder())
        except IntegrityError as closed:
            await _refuse(scope, receive, send, closed.sentence)
        else:
            await self._app(scope, receive, send)


async def _refuse(scope: Scope, receive: Receive, send: Send, sentence: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": _TRY_AGAIN_LATER})
        return
    page = _PAGE.format(sentence=_COMMAND.sub(r"<code>\1</code>", escape(sentence, quote=False)))
    await HTMLResponse(page, status_code=_UNAVAILABLE, headers=_HEADERS)(scope, receive, send)
