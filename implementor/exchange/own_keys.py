"""What this installation calls its own records in files it gives away, so that it knows them when they come back."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable

_KEY = re.compile(r"([0-9a-f]{8})/([a-z_]+)/(\d{1,18})")
_marks: list[str] = []


def mark_with(secret: str) -> None:
    """Tell installations apart by something that follows from their secret and gives nothing of it away."""
    _marks[:] = [hmac.new(secret.encode(), b"records in files", hashlib.sha256).hexdigest()[:8]]


def own_key(kind: str, record_id: int) -> str:
    """The key of a record in a file of ours."""
    return f"{_marks[0]}/{kind}/{record_id}"


def own_ids(kind: str, names: Iterable[str]) -> dict[str, int]:
    """The ids of those names that are keys of records of this kind and this installation."""
    found = {}
    for name in names:
        told = _KEY.fullmatch(name)
        if told is not None and told[1] in _marks and told[2] == kind:
            found[name] = int(told[3])
    return found
