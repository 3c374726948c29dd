"""Addresses of plans in the walks, and the numbers that addresses in projects carry; see `cells`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Sent = Callable[..., dict[str, Any]]
NUMBERS = {
    "stories": "story0_number", "governance": "obstacle_open_number", "waves": "planning_number",
    "planning": "planning_number",
}  # fmt: skip
"""Blueprint -> which number its addresses carry."""
LAST_NUMBERS = {
    "stories": "last_story_number", "governance": "last_obstacle_number", "waves": "last_wave_number",
    "planning": "last_wave_number",
}  # fmt: skip
"""The same with numbers that only the larger project has."""
ARGUMENTS: dict[str, Sent] = {
    "snapshot_id": lambda r, w: {"snapshot_id": r.snapshot},
    "scenario_id": lambda r, w: {"scenario_id": r.scenario},
    "fact_id": lambda r, w: {"fact_id": r.scope_fact},
    "change_id": lambda r, w: {"change_id": r.scenario_change},
}
EXCEPTIONS: dict[str, Sent] = {
    "waves.explain": lambda r, w: {"number": r.building_number, "fact_id": r.scope_fact},
    "planning.move_page": lambda r, w: {"number": r.planning_number, "story_number": r.story1_number},
}
BODIES: dict[str, Sent] = {
    "waves.save_capacity": lambda p, r, w: {"version": "", "rate": "2"},
    "waves.explain": lambda p, r, w: {"reason": "Written"},
    "planning.write_scenario": lambda p, r, w: {"name": "Written"},
    "planning.change_scenario": lambda p, r, w: {"name": "Written"},
    "planning.suppose": lambda p, r, w: {"kind": "capacity", "wave_id": p.planning, "amount": "80"},
    "planning.discard_scenario": lambda p, r, w: {"reason": "Written"},
    "planning.take_snapshot": lambda p, r, w: {"name": "Written", "wave": r.planning_number},
    "planning.move": lambda p, r, w: {"card": r.story3, "version": "1.0", "status": "wave"},
    "planning.move_chosen": lambda p, r, w: {"picks": f"{r.story3}:1.0", "to": p.planning},
}
