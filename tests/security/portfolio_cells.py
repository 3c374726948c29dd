"""Projects and the portfolio in the walks, which shows the same projects in another list; see `cells`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

ARGUMENTS: dict[str, Callable[..., dict[str, Any]]] = {
    "membership_id": lambda r, w: {"membership_id": r.membership},
    "dependency_id": lambda r, w: {"dependency_id": w.ids["dependency"]},
    "programme_id": lambda r, w: {"programme_id": w.ids["programme"]},
    "pack_id": lambda r, w: {"pack_id": w.ids["pack"]},
}
EXCEPTIONS: dict[str, Callable[..., dict[str, Any]]] = {
    "portfolio.revoke_pack_link": lambda r, w: {"pack_id": w.ids["pack"], "link_id": w.ids["pack_link"]},
    "portfolio.take_pack_file": lambda r, w: {"pack_id": w.ids["pack"], "format": "pdf"},
    "portfolio.shared_pack_file": lambda r, w: {"format": "pdf"},
}
QUERIES = {"portfolio.load_stories": {"profile": "Written", "month": "2026-12"}}
TITLES = {"project": "name", "portfolio": "name"}
BODIES: dict[str, Callable[..., dict[str, Any]]] = {
    "projects.change_role": lambda p, r, w: {"role": "viewer"},
    "portfolio.issue_pack": lambda p, r, w: {"language": "en", "comment": "Written"},
    "portfolio.share_pack": lambda p, r, w: {"label": "Written", "days": "7"},
}
RECORDS = {"project": "project_id", "portfolio": "project_id"}
SAID = {"name": "Written", "status": "active", "country": "VE", "deployment": "hosted"}
REQUIRED: dict[str, dict[str, Any]] = {"project": SAID, "portfolio": SAID}
