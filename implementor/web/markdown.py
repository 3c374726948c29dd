"""People's Markdown as safe HTML: rendered by the library, then reduced to a small allow-list."""

from __future__ import annotations

import threading
from functools import lru_cache

import markdown as library
import nh3
from markupsafe import Markup

TAGS = {
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "em",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "td": {"align"}, "th": {"align"}}
SCHEMES = {"http", "https", "mailto"}
EXTENSIONS = ("fenced_code", "tables", "sane_lists", "nl2br")
LONGEST_KEPT, MOST_KEPT = 4_000, 1_000
"""Characters of a text whose HTML is remembered, and how many of them a process remembers."""
_own = threading.local()
"""A writer takes longer to build than to write a comment; it remembers the text it is at, so each thread has one."""


def render_markdown(text: str | None) -> Markup:
    """HTML of a person's text; raw HTML in it is dropped, headings start below the page's own."""
    if not text:
        return Markup("")
    return _kept(text) if len(text) <= LONGEST_KEPT else _rendered(text)


def _rendered(text: str) -> Markup:
    if not hasattr(_own, "writer"):
        _own.writer = library.Markdown(extensions=list(EXTENSIONS), output_format="html")
    html = _own.writer.reset().convert(text)
    html = html.replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    clean = nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener noreferrer nofollow"
    )
    return Markup(clean)  # noqa: S704 - the one place where cleaned HTML becomes markup


_kept = lru_cache(maxsize=MOST_KEPT)(_rendered)
"""The same words give the same HTML, and a discussion is read far more often than it is written."""
