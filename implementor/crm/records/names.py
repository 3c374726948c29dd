"""What other systems call a record, as a panel beside it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from implementor.crm.records import queries
from implementor.foundation.asking import Asking
from implementor.foundation.panels import Data, Place, panel

TEMPLATE = "crm/records/_names.html"


def names_of(session: Session, place: Place) -> Asking[Data]:
    """The names of a record elsewhere; nothing where there are none and the reader could not add any."""
    page = place.record
    kind = page.sheet.entity.kind
    may_edit = page.is_changeable and not page.is_archived and place.actor.may(page.sheet.may_edit)
    data = {"may_edit": may_edit, "kind": kind, "page": page}
    asked = queries.names_on_page(kind), {"record_id": page.id}
    return Asking((asked,), lambda rows: {"names": rows[0], **data} if rows[0] or may_edit else None)


def show_names(kind: str) -> None:
    """Let records of a kind bear names of other systems on their pages."""
    panel(f"crm.{kind}.side", 80, TEMPLATE, names_of)
