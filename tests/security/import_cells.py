"""Addresses of imports outside projects in the walks; see `cells`. Their runs are those of `world_imports`."""

from __future__ import annotations

from typing import Any

from tests.security.world import World

RUNS = {
    **dict.fromkeys(("exchange.show", "exchange.progress", "exchange.undo", "exchange.refused"), "outside_import_done"),
    "exchange.cancel": "outside_import_waiting",
}
BODIES: dict[str, dict[str, Any]] = {
    "exchange.create": {"kind": "account"},
    "exchange.map_columns": {"column_0": "name", "links": "create"},
}
"""What is sent instead of what the same pages take in projects."""


def run_outside(endpoint: str, world: World) -> dict[str, int]:
    """The run that an address outside projects names."""
    return {"run_id": world.ids[RUNS.get(endpoint, "outside_import_checked")]}
