"""Addresses of waves with the numbers they need, for the walk over every page; see `addresses`."""

from __future__ import annotations

EXAMPLES: dict[str, dict[str, str]] = {
    "planning.backlog_changes": {"day": "=2026-01-01"},
    "planning.move_page": {"number": "planned", "story_number": "card"},
    "planning.plan": {"number": "planned"},
    "planning.compare_scenarios": {},
    "planning.scenario": {"scenario_id": "scenario"},
    "planning.scenarios": {},
    "planning.suggestion": {"number": "planned"},
    "planning.wave_changes": {"number": "planned", "day": "=2026-01-01"},
    "waves.backtest": {},
    "waves.board": {"number": "started"},
    "waves.capacity": {"number": "planned"},
    "waves.close_page": {"number": "started"},
    "waves.flow": {},
    "waves.forecast": {},
    "waves.index": {},
    "waves.move_page": {"number": "started", "story_number": "card"},
    "waves.new": {},
    "waves.report_page": {"number": "started"},
    "waves.show": {"number": "started"},
    "waves.start_page": {"number": "planned"},
    "waves.stories": {"number": "planned"},
    "waves.wave_forecast": {"number": "started"},
}
