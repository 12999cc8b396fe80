"""While the vault of this installation is closed every request is answered with the sentence that says so.

Without it the door would find no list of people in the home, and take a department's installation for one person's.
"""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from models.errors import IntegrityError
from models.vault import home_folder, refuse_closed

_UNAVAILABLE, _TRY_AGAIN_LATER = 503, 1013  # of HTTP (RFC 9110) and of WebSockets (IANA's registry of close codes)


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
    headers = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
    await PlainTextResponse(sentence, status_code=_UNAVAILABLE, headers=headers)(scope, receive, send)
