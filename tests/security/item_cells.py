"""Addresses of settings that stories carry, and of the library of stories, in the walks; see `cells`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Sent = Callable[..., dict[str, Any]]
EXCEPTIONS: dict[str, Sent] = {
    **dict.fromkeys(("items.new", "items.create", "items.preview"), lambda r, w: {"number": r.story0_number}),
    **dict.fromkeys(
        ("items.show", "items.edit", "items.update", "items.preview_changed", "items.move"),
        lambda r, w: {"item_id": r.carried_item},
    ),
}
WRITTEN = {"label_en": "Written", "label_es": "Escrito", "tone": "ok"}
NEW = {"setting": "choice_value", "verb": "add", "list": "account.industry", **WRITTEN}
BODIES: dict[str, Sent] = {
    "items.create": lambda p, r, w: NEW,
    "items.preview": lambda p, r, w: NEW,
    "items.update": lambda p, r, w: {**WRITTEN, "list": "account.industry", "version": str(r.carried_version)},
    "items.preview_changed": lambda p, r, w: {**WRITTEN, "list": "account.industry"},
    "items.move": lambda p, r, w: {"step": "up"},
    "library.take": lambda p, r, w: {"processes": ["campaign_to_lead"]},
}
