"""Where stories are found on the site."""

from __future__ import annotations

import re
from typing import Any

from flask import g, url_for

NAMED = re.compile(r"(?:[A-Za-z][A-Za-z0-9]*-)?([0-9]{1,12})")


def number_named(text: str) -> int | None:
    """The number in what people call a story: 42 or VEN-42."""
    named = NAMED.fullmatch(text.strip())
    return int(named[1]) if named else None


def backlog_url() -> str:
    """The backlog of the present project."""
    return url_for("stories.index")


def story_url(row: Any) -> str:
    """The page of a story, from a row that carries its number."""
    return url_for("stories.show", number=row.link_number)


def story_name(number: int) -> str:
    """How people name a story, such as VEN-42."""
    return f"{g.project.key}-{number}"
