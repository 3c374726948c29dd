"""What every answer carries for safety and speed: policy, cookies' company, compression and validators."""

from __future__ import annotations

import gzip
import secrets

from flask import Flask, Response, current_app, g, request

from implementor.web.assets import csp_script_origins

COMPRESSIBLE = ("text/", "application/json", "application/javascript", "image/svg")
WORTH_COMPRESSING = 1024
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"


def csp_nonce() -> str:
    """The word of this answer that its own scripts carry."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    nonce: str = g.csp_nonce
    return nonce


def policy() -> str:
    """The content security policy: nothing but our own files, no inline script or style."""
    scripts = " ".join(("'self'", f"'nonce-{csp_nonce()}'", *csp_script_origins()))
    return (
        f"default-src 'none'; script-src {scripts}; script-src-attr 'none'; style-src 'self'; style-src-attr 'none'; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "object-src 'none'; frame-ancestors 'none'; manifest-src 'self'"
    )


def dress(response: Response) -> Response:
    """Set the headers every answer has."""
    is_asset = request.endpoint == "static"
    headers = response.headers
    headers.setdefault("Content-Security-Policy", policy())
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = PERMISSIONS
    headers["X-Request-ID"] = g.get("request_id", "")
    kept = response.cache_control
    if not is_asset and not (
        kept.private or kept.no_store
    ):  # files that people take away say nothing of whose they are
        headers["Cache-Control"] = "no-cache, private" if response.get_etag()[0] else "no-store"
    if current_app.config["SESSION_COOKIE_SECURE"]:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return response


def shorten(response: Response) -> Response:
    """Answer 304 where the reader has the page, else compress what is worth it."""
    if request.method in ("GET", "HEAD"):
        response.make_conditional(request)
    fits = (
        response.status_code == 200
        and not response.is_streamed
        and not response.direct_passthrough
        and "Content-Encoding" not in response.headers
        and (response.mimetype or "").startswith(COMPRESSIBLE)
        and "gzip" in request.headers.get("Accept-Encoding", "")
    )
    if fits and (response.content_length or 0) >= WORTH_COMPRESSING:
        response.set_data(gzip.compress(response.get_data(), compresslevel=3, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        response.vary.add("Accept-Encoding")
    return response


def install(app: Flask) -> None:
    """Dress and shorten every answer, after the transaction is settled."""
    app.after_request(shorten)
    app.after_request(dress)
