"""Refusing changes that another site started, by Fetch metadata, then by Origin; the form token comes on top."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import abort, request

from implementor.web.unit_of_work import SAFE_METHODS


def refuse_foreign_requests() -> None:
    """Answer 403 to an unsafe method that did not come from this site's own pages."""
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site not in ("same-origin", "none"):
            abort(403)
        return
    source = request.headers.get("Origin")
    if source is not None and urlsplit(source).netloc != request.host:
        abort(403)
