"""The headers and cookies that every answer carries, and what is wrong with those of one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from werkzeug.test import TestResponse

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NEEDED = ("default-src 'none'", "object-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")


def header_faults(answer: TestResponse) -> Iterator[str]:
    """What is wrong with the headers of an answer."""
    headers = answer.headers
    yield from (f"{name} is {headers.get(name)}" for name, value in ALWAYS.items() if headers.get(name) != value)
    policy = headers.get("Content-Security-Policy", "")
    if "sandbox" not in policy:
        yield from (f"the policy has no {part}" for part in NEEDED if part not in policy)
    if re.search(r"unsafe-|\*|https?:(?!//)", policy):
        yield f"the policy is loose: {policy}"
    kept = headers.get("Cache-Control", "")
    if not answer.request.path.startswith("/static/") and "no-store" not in kept and not _stays_private(kept):
        yield f"Cache-Control is {kept!r}"
    if "X-Powered-By" in headers or "Server" in headers:
        yield "it names the server"
    yield from _cookie_faults(headers.getlist("Set-Cookie"))
    if answer.get_data() and not headers.get("Content-Type"):
        yield "no content type"


def _stays_private(cache_control: str) -> bool:
    return "private" in cache_control and "no-cache" in cache_control


def _cookie_faults(cookies: list[str]) -> Iterator[str]:
    for cookie in cookies:
        for part in ("HttpOnly", "SameSite=Lax", "Path=/"):
            if part not in cookie:
                yield f"a cookie without {part}"
