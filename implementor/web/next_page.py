"""Where to go after signing in: an address this server signed, so that nobody else can choose it."""

from __future__ import annotations

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="next-page")


def signed_next(path: str) -> str:
    """The address, sealed."""
    return str(_signer().dumps(path))


def opened_next(sealed: str | None) -> str:
    """The address in the seal, or the home page when it was not sealed here."""
    if not sealed:
        return "/"
    try:
        path = _signer().loads(sealed)
    except BadSignature:
        return "/"
    return path if isinstance(path, str) and path.startswith("/") and not path.startswith(("//", "/\\")) else "/"
