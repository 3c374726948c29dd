"""What is sent to the pages of duplicates in the walks; see `cells`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Sent = Callable[..., dict[str, Any]]
ARGUMENTS: dict[str, Sent] = {
    "pair_id": lambda r, w: {"pair_id": w.ids["pair"]},
    "merge_id": lambda r, w: {"merge_id": w.ids["merge"]},
}
EXCEPTIONS: dict[str, Sent] = {"duplicates.reopen": lambda r, w: {"pair_id": w.ids["apart"]}}
BODIES: dict[str, Sent] = {
    "duplicates.search": lambda p, r, w: {"kind": "account"},
    "duplicates.compare": lambda p, r, w: {"kind": "account", "one": w.ids["left"], "other": w.ids["right"]},
    "duplicates.dismiss": lambda p, r, w: {"reason": "Written"},
    "duplicates.merge": lambda p, r, w: {"survivor": w.ids["left"]},
}
