"""A portrait: what of a record tells it from others, each value in its normal form, by role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from implementor.duplicates.normal_forms import NORMAL_FORMS

Portrait = Mapping[str, tuple[str, ...]]
"""Normal forms by role (`email`, `phone`, `name` ...), most with one value; roles without a value are absent."""


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
