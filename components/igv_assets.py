"""Serves the one igv.js file that the igv-notebook wheel ships, from our own address.

Only `igv.iife.js` is reachable: the wheel's older `igv.min.js` and its `messageHandler.js` (which
adds a button that posts the session to a URL shortener) are not. The file holds no patient data,
so it may be cached; its address carries the igv version.
"""

import importlib.util
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

IGV_FILE = "igv.iife.js"
_CACHE = "public, max-age=31536000, immutable"


@cache
def _wheel() -> Path:
    """The folder of the igv-notebook wheel, found without importing it (it pulls IPython)."""
    spec = importlib.util.find_spec("igv_notebook")
    if spec is None or spec.origin is None:
        raise RuntimeError("igv-notebook is not installed; run the install command of the README again.")
    return Path(spec.origin).parent


@cache
def igv_version() -> str:
    """The version of igv.js in the wheel, as the wheel says."""
    return (_wheel() / "VERSION_IGV").read_text(encoding="utf-8").strip()


def igv_url() -> str:
    """The address of igv.js on this server."""
    return f"/igv/{igv_version()}/{IGV_FILE}"


async def _igv_js(_request: Request) -> Response:
    path = _wheel() / "js" / IGV_FILE
    return FileResponse(path, media_type="text/javascript", headers={"Cache-Control": _CACHE})


def igv_routes() -> list[Route]:
    """The routes app.py mounts: exactly one file, readable from our own pages only (no CORS)."""
    return [Route(igv_url(), _igv_js, methods=["GET"])]
