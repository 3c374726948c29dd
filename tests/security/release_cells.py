"""Addresses of releases in the walks; see `cells`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.security.own_field_cells import KEY

Sent = Callable[..., dict[str, Any]]
ARGUMENTS: dict[str, Sent] = {
    "name": lambda r, w: {"name": KEY},
    "release_number": lambda r, w: {"release_number": r.release_number},
    "side": lambda r, w: {"side": "others"},
}
EXCEPTIONS: dict[str, Sent] = {
    **dict.fromkeys(
        ("config_releases.show", "config_releases.try_it", "config_releases.pilot"),
        lambda r, w: {"number": r.trying_number},
    ),
    "config_releases.of_pilot_side": lambda r, w: {"number": r.trying_number, "metric_id": 1, "side": "others"},
    "config_releases.apply": lambda r, w: {"number": r.released_number},
    **dict.fromkeys(
        (
            "config_releases.begin_pilot",
            "config_releases.stop_pilot",
            "config_releases.of_pilot",
            "config_releases.judge",
        ),
        lambda r, w: {"number": r.trying_number},
    ),
    "config_releases.drift": lambda r, w: {"number": r.trying_number, "item_id": r.drifted_item},
    **dict.fromkeys(
        ("config_releases.item", "config_releases.answer", "config_releases.waive"),
        lambda r, w: {"number": r.trying_number, "item_id": r.found_item},
    ),
    "config_releases.origin": lambda r, w: {"kind": "account", "name": KEY},
    "config_releases.read": lambda r, w: {"number": w.places["VEN"].release_number},
}
BODIES: dict[str, Sent] = {
    "config_releases.answer": lambda p, r, w: {"code": "open_records", "choice": r.other_stage},
    "config_releases.waive": lambda p, r, w: {"code": "open_records", "reason": "Written"},
    "config_releases.drift": lambda p, r, w: {"choice": "overwrite"},
    "config_releases.return_it": lambda p, r, w: {"reason": "Written"},
}
