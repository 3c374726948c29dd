"""A portrait: what of a record tells it from others, each value in its normal form, by role."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from implementor.duplicates.normal_forms import NORMAL_FORMS

Portrait = Mapping[str, tuple[str, ...]]
"""Normal forms by role (`email`, `phone`, `name` ...), most with one value; roles without a value are absent."""
Shape = tuple[tuple[str, int, tuple[int, ...]], ...]
"""Where in a row the texts of each role stand: role, first place, other places whose texts belong to it."""


def portrait_of(values: Iterable[tuple[str, str | None]]) -> Portrait:
    """The portrait of (role, text as written) pairs; texts of one role count as several values of it."""
    found: dict[str, tuple[str, ...]] = {}
    for role, text in values:
        key = NORMAL_FORMS[role](text) if text else ""
        if key:
            held = found.get(role)
            if held is None:
                found[role] = (key,)
            elif key not in held:
                found[role] = (*held, key)
    return found


def texts_of_row(shape: Shape, row: Sequence[Any]) -> Iterator[tuple[str, str]]:
    """(role, text) of a row of a source, for what stands there."""
    for role, first, others in shape:
        text = row[first]
        if others:
            text = " ".join(str(each) for each in (text, *(row[place] for place in others)) if each is not None)
        if text is not None:
            yield role, text if isinstance(text, str) else str(text)
