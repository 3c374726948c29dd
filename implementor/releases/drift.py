"""Three-way comparison of a setting: as it was when somebody wrote the change, as it is, and as it shall be."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from implementor.releases.item_kinds import Image, Operation, Verb
from implementor.releases.release_models import ADOPT, DROP, OVERWRITE

CHOICES = (ADOPT, OVERWRITE, DROP)


@dataclass(frozen=True)
class Drift:
    """A setting that is not as it was when the change of it was written; `choice` is what somebody said to that."""

    base: Image | None
    live: Image | None
    wished: Image | None
    choice: str | None = None


def plain(image: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """An image as it comes back from the database, so that two of them compare."""
    return None if image is None else json.loads(json.dumps(image, sort_keys=True))


def has_drifted(base: Image | None, live: Image | None) -> bool:
    """Whether a setting is another than it was; what the base knows nothing of does not count."""
    first, second = plain(base), plain(live)
    if first is None or second is None:
        return first is not second
    return any(second.get(name) != value for name, value in first.items())


def is_reached(live: Image | None, wished: Image | None) -> bool:
    """Whether a setting is already as it shall be, so that nothing is left to do."""
    first, second = plain(live), plain(wished)
    if first is None or second is None:
        return first is second
    return all(name in first and first[name] == value for name, value in second.items())


def adopted(drift: Drift) -> Image | None:
    """What is wished where the live state is taken as the new ground: whatever others changed stays as they made it."""
    return _merged(drift, theirs_first=True)


def joined(drift: Drift) -> Image | None:
    """What is wished on top of what an earlier story of the same wave makes: where both change one thing, the later."""
    return _merged(drift, theirs_first=False)


def _merged(drift: Drift, *, theirs_first: bool) -> Image | None:
    base, live, wished = plain(drift.base), plain(drift.live), plain(drift.wished)
    if wished is None:
        return None
    if live is None or base is None:
        return live
    return _of_parts(base, live, wished, theirs_first)


def _of_parts(
    base: Mapping[str, Any], live: Mapping[str, Any], wished: Mapping[str, Any], theirs_first: bool
) -> dict[str, Any]:
    """Name by name, names in two languages language by language."""
    found = dict(live)
    for name, value in wished.items():
        first, present = base.get(name), live.get(name)
        if isinstance(value, dict) and isinstance(first, dict) and isinstance(present, dict):
            found[name] = _of_parts(first, present, value, theirs_first)
        elif present == first or (not theirs_first and value != first):
            found[name] = value
    return found


def resolved(operation: Operation, drift: Drift) -> Operation:
    """The operation from the live state on, by the choice that was made of it (without one: as it was wished)."""
    wished = adopted(drift) if drift.choice == ADOPT else operation.after
    return from_live(operation, drift.live, wished)


def from_live(operation: Operation, live: Image | None, wished: Image | None) -> Operation:
    """The operation that makes a setting `wished` of what it is now."""
    verb: Verb = "retire" if wished is None else "add" if live is None else "change"
    return Operation(operation.kind, verb, operation.uid, live, wished, operation.answers)
