"""What is sent to the pages of fields of one's own in the walks, and the fields that are there; see `cells`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import Flask

from implementor.configuration.first_use import speeches
from implementor.configuration.services.checking import Identity
from implementor.configuration.services.custom_fields import add_field, withdraw_field
from implementor.configuration.services.field_wishes import FieldWish
from implementor.foundation.permissions import SYSTEM
from tests.auth.builders import working

WISH = {"label_en": "Written", "label_es": "Escrito", "field_kind": "whole", "is_filterable": "y"}
KEY = "f_walka"
Sent = Callable[..., dict[str, Any]]
ARGUMENTS: dict[str, Sent] = {"field_id": lambda r, w: {"field_id": w.ids["own_field"]}}
EXCEPTIONS: dict[str, Sent] = {
    "configuration.restore_own_field": lambda r, w: {"field_id": w.ids["spare_own_field"]},
}
BODIES: dict[str, Sent] = {
    "configuration.add_own_field": lambda p, r, w: WISH,
    "configuration.change_own_field": lambda p, r, w: WISH,
    "configuration.move_own_field": lambda p, r, w: {"step": "up"},
}


def add_own_fields(app: Flask, ids: dict[str, int]) -> None:
    """Fill in the ids of a field of accounts and of one that is withdrawn."""
    by_at: dict[str, Any] = {"by": SYSTEM, "at": datetime.now(UTC)}
    with working(app) as session:
        for name, key in (("own_field", KEY), ("spare_own_field", "f_walkb")):
            wish = FieldWish("whole", f"Walk {name}", f"Paseo {name}", is_filterable=False)
            who = Identity(key, key)
            row = add_field(session, "account", wish, speeches=speeches(), identity=who, **by_at)
            ids[name] = row.id
            if name != "own_field":
                withdraw_field(session, row, **by_at)
