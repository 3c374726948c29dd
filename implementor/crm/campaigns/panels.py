"""Where a lead or an opportunity came from, as a panel beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from implementor.crm.campaigns import permissions
from implementor.crm.campaigns.columns import ORIGIN
from implementor.foundation.panels import Place

TEMPLATE = "crm/campaigns/_origin.html"


def origin_of(session: Session, place: Place) -> Mapping[str, Any] | None:
    """The campaign of the record on whose page we are; nothing where there is none and the reader cannot say any."""
    page = place.record
    if not place.actor.may(permissions.VIEW) or ORIGIN not in page.cells:
        return None
    cell = page.cells[ORIGIN]
    may_edit = page.is_changeable and not page.is_archived and place.actor.may(page.sheet.may_edit)
    kind = page.sheet.entity.kind
    if cell.is_empty and not may_edit:
        return None
    return {
        "cell": cell, "may_edit": may_edit,
        "url": url_for("campaigns.origin_page", of_kind=kind, of_id=page.id),
    }  # fmt: skip
