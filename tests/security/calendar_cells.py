"""What is sent to the pages of currencies, opening hours and service levels in the walks; see `cells`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Sent = Callable[..., dict[str, Any]]
LEVEL = {"name": "Written", "warn_percent": "80", "target_high_resolution": "4 h"}
CALENDAR = {"name": "Written", "time_zone": "UTC", "monday": "9:00-18:00", "country": "", "region": ""}
ARGUMENTS: dict[str, Sent] = {
    "currency": lambda r, w: {"currency": "VES"},
    "calendar_id": lambda r, w: {"calendar_id": w.ids["calendar"]},
    "policy_id": lambda r, w: {"policy_id": w.ids["policy"]},
}
EXCEPTIONS: dict[str, Sent] = {
    "calendars.archive_calendar": lambda r, w: {"calendar_id": w.ids["free_calendar"]},
    "calendars.restore_calendar": lambda r, w: {"calendar_id": w.ids["spare_calendar"]},
    "calendars.restore_policy": lambda r, w: {"policy_id": w.ids["spare_policy"]},
    "calendars.new_policy": lambda r, w: {"record_kind": "case"},
    "calendars.add_policy": lambda r, w: {"record_kind": "case"},
}
BODIES: dict[str, Sent] = {
    "calendars.add_rate": lambda p, r, w: {
        "currency": "VES", "rated_on": "2026-03-31", "rate": "40", "direction": "inverse",
    },
    "calendars.add_rates": lambda p, r, w: {"table": "VES;2026-03-31;0.025", "table_direction": "direct"},
    "calendars.choose_base": lambda p, r, w: {"base": "EUR"},
    "calendars.add_calendar": lambda p, r, w: CALENDAR,
    "calendars.change_calendar": lambda p, r, w: CALENDAR,
    "calendars.add_policy": lambda p, r, w: {**LEVEL, "calendar_id": w.ids["calendar"]},
    "calendars.change_policy": lambda p, r, w: {**LEVEL, "calendar_id": w.ids["calendar"]},
}  # fmt: skip
