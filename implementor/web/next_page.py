"""Where to go next: an address this server signed, or one inside this site, so that nobody else can choose it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from flask import request
from itsdangerous import BadSignature

from implementor.web.seals import seal

SALT = "next-page"
INSIDE = re.compile(r"/(?![/\\])[^\s\\\x00-\x1f]*")


def place_inside(path: str | None) -> str | None:
    """A place inside this site that a form asked to return to; nothing for what leads away."""
    return path if path and INSIDE.fullmatch(path) else None


def page_before() -> str | None:
    """The page of this site from which somebody came here; nothing where it is this one or unknown."""
    came = urlsplit(request.referrer or "")
    path = place_inside(f"{came.path}?{came.query}" if came.query else came.path)
    return path if came.netloc == request.host and came.path != request.path else None


def signed_next(path: str) -> str:
    """The address, sealed."""
    return str(seal(SALT).dumps(path))


def opened_next(sealed: str | None) -> str:
    """The address in the seal, or the home page when it was not sealed here."""
    if not sealed:
        return "/"
    try:
        path = seal(SALT).loads(sealed)
    except BadSignature:
        return "/"
    return path if isinstance(path, str) and path.startswith("/") and not path.startswith(("//", "/\\")) else "/"
