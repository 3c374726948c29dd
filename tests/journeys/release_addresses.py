"""Example addresses of the pages of releases; see `addresses`."""

from __future__ import annotations

from typing import Any

EXAMPLES: dict[str, dict[str, Any]] = {
    "config_releases.all_releases": {},
    "config_releases.index": {},
    "config_releases.item": {"number": "released_wave", "item_id": "coming_item"},
    "config_releases.read": {"number": "release"},
    "config_releases.release": {"release_number": "release"},
    "config_releases.return_page": {"release_number": "release"},
    "config_releases.show": {"number": "started"},
}
