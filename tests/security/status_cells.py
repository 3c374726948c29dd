"""Addresses of status reports in the walks; see `cells`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from implementor.status.limits import USUAL

Sent = Callable[..., dict[str, Any]]
DRAFT = ("edit_report", "change_report", "discard_report", "issue_report")
ARGUMENTS: dict[str, Sent] = {"dimension": lambda r, w: {"dimension": "risk"}}
EXCEPTIONS: dict[str, Sent] = {
    **{f"status.{name}": lambda r, w: {"number": r.draft_number} for name in DRAFT},
    "status.revoke": lambda r, w: {"number": r.issued_number, "link_id": r.share_link},
    "status.take_file": lambda r, w: {"number": r.issued_number, "format": "pdf"},
    "status.shared_file": lambda r, w: {"format": "pdf"},
}


def _soon() -> str:
    return (datetime.now(UTC).date() + timedelta(days=9)).isoformat()


BODIES: dict[str, Sent] = {
    "status.change_report": lambda p, r, w: {
        "starts_on": "2026-01-05", "ends_on": "2026-01-18", "language": "es", "comment": "Written",
    },
    "status.set_colour": lambda p, r, w: {
        "dimension": "scope", "colour": "amber", "reason": "Written", "expires_on": _soon(),
    },
    "status.change_limits": lambda p, r, w: {**USUAL.values, "days_late": 10},
    "status.share": lambda p, r, w: {"label": "Written", "days": "7"},
}  # fmt: skip
