"""Projects and the portfolio in the walks, which shows the same projects in another list; see `cells`."""

from __future__ import annotations

from typing import Any

TITLES = {"project": "name", "portfolio": "name"}
RECORDS = {"project": "project_id", "portfolio": "project_id"}
SAID = {"name": "Written", "status": "active", "country": "VE", "deployment": "hosted"}
REQUIRED: dict[str, dict[str, Any]] = {"project": SAID, "portfolio": SAID}
