"""Finding `@name` in a text: full names, and first names where only one person has them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from implementor.foundation.text import folded

MOST_WORDS = 6
_WORD = r"\w[\w'’.\-]*"
_CANDIDATE = re.compile(rf"(?<![\w@/.])@(?P<words>{_WORD}(?: {_WORD}){{0,{MOST_WORDS - 1}}})")
_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
_TRAILING = ".-'’"

Handles = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True)
class Span:
    """Where a name stands in a text (from the @ to the end, exclusive), and whom it names."""

    start: int
    end: int
    user_ids: tuple[int, ...]


def handles_of(people: Iterable[tuple[int, str]]) -> Handles:
    """How each person can be called; a first name that several have calls nobody."""
    full: dict[str, list[int]] = defaultdict(list)
    first: dict[str, list[int]] = defaultdict(list)
    for user_id, name in people:
        words = folded(name).split()
        if words:
            full[" ".join(words[:MOST_WORDS])].append(user_id)
            first[words[0]].append(user_id)
    unique = {word: ids for word, ids in first.items() if len(ids) == 1 and word not in full}
    return {handle: tuple(ids) for handle, ids in {**unique, **full}.items()}


def spans_in(text: str, handles: Handles) -> list[Span]:
    """Every place where somebody is named, in order; code is left alone."""
    code = [match.span() for match in _CODE.finditer(text)] if "`" in text else []
    found = []
    for candidate in _CANDIDATE.finditer(text):
        if any(start <= candidate.start() < end for start, end in code):
            continue
        span = _longest(candidate, handles)
        if span is not None:
            found.append(span)
    return found


def people_named(text: str, handles: Handles) -> list[int]:
    """Ids of the people a text names, each once, in the order of the text."""
    return list(dict.fromkeys(user_id for span in spans_in(text, handles) for user_id in span.user_ids))


def marked(text: str, handles: Handles) -> str:
    """The Markdown with the names in it set off; it is cleaned like any other text afterwards."""
    parts, done = [], 0
    for span in spans_in(text, handles):
        parts += [text[done : span.start], "<strong>", escape(text[span.start : span.end]), "</strong>"]
        done = span.end
    return "".join([*parts, text[done:]])


def _longest(candidate: re.Match[str], handles: Handles) -> Span | None:
    words = candidate["words"].split(" ")
    for count in range(len(words), 0, -1):
        called = " ".join(words[:count])
        for shape in (called, called.rstrip(_TRAILING)):
            user_ids = handles.get(folded(shape))
            if user_ids:
                start = candidate.start()
                return Span(start, start + 1 + len(shape), user_ids)
    return None
