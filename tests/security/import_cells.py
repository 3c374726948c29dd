"""Addresses of imports and migrations, and with them those of gates and releases, in the walks; see `cells`."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from tests.security import adoption_cells as adoption
from tests.security import gate_cells as gates
from tests.security import item_cells as items
from tests.security import planning_cells as planning
from tests.security import release_cells as releases
from tests.security.world import World

CONTROL = b"kind,system,figure,currency,expected\naccount,,count,,3\n"
Sent = Callable[..., dict[str, Any]]
ARGUMENTS: dict[str, Sent] = {
    "run_id": lambda r, w: {"run_id": r.import_checked},
    "migration_id": lambda r, w: {"migration_id": r.migration_run},
    "figure_id": lambda r, w: {"figure_id": r.migration_run_figure},
    **adoption.ARGUMENTS,
    **gates.ARGUMENTS,
    **planning.ARGUMENTS,
    **releases.ARGUMENTS,
}
EXCEPTIONS: dict[str, Sent] = {
    **adoption.EXCEPTIONS,
    **gates.EXCEPTIONS,
    **items.EXCEPTIONS,
    **planning.EXCEPTIONS,
    **releases.EXCEPTIONS,
    **dict.fromkeys(
        ("exchange.show", "exchange.progress", "exchange.undo", "exchange.refused"),
        lambda r, w: {"run_id": r.import_done},
    ),
    "exchange.cancel": lambda r, w: {"run_id": r.import_waiting},
    "releases.reopen": lambda r, w: {"migration_id": r.signed_migration},
}
OF_PROJECTS: dict[str, Sent] = {
    **adoption.BODIES,
    **gates.BODIES,
    **items.BODIES,
    **planning.BODIES,
    **releases.BODIES,
    "releases.add_figure": lambda p, r, w: {"figure": "account:employees", "expected": "3", "currency": ""},
    "releases.change_figure": lambda p, r, w: {"expected": "3", "explanation": "Written"},
    "releases.read_control_file": lambda p, r, w: {"file": (io.BytesIO(CONTROL), "control.csv")},
    "releases.reopen": lambda p, r, w: {"reason": "Written"},
}
"""What forms inside projects send."""
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
