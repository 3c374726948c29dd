"""What other systems call a record, as a panel beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.records import queries
from implementor.foundation.panels import Place, panel

TEMPLATE = "crm/records/_names.html"


def names_of(session: Session, place: Place) -> Mapping[str, Any] | None:
    """The names of a record elsewhere; nothing where there are none and the reader could not add any."""
    page = place.record
    kind = page.sheet.entity.kind
    names = session.scalars(queries.names_elsewhere(kind, page.id)).all()
    may_edit = page.is_changeable and not page.is_archived and place.actor.may(page.sheet.may_edit)
    return {"names": names, "may_edit": may_edit, "kind": kind, "page": page} if names or may_edit else None


def show_names(kind: str) -> None:
    """Let records of a kind bear names of other systems on their pages."""
    panel(f"crm.{kind}.side", 80, TEMPLATE, names_of)
