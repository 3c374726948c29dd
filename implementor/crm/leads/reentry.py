"""Leads that come out of a case, as a panel beside it: what service hears is what marketing sells next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.leads import permissions, queries
from implementor.crm.leads.words import STAGES
from implementor.foundation.panels import Place
from implementor.foundation.records import RecordRef

SHOWN = 5


def reentry_of(session: Session, place: Place) -> Mapping[str, Any] | None:
    """The newest leads out of the record on whose page we are, in one statement."""
    if not place.actor.may(permissions.VIEW):
        return None
    page = place.record
    kind = page.sheet.entity.kind
    rows = session.execute(queries.leads_about(RecordRef(kind, page.id), place.actor).limit(SHOWN)).all()
    may_begin = place.actor.may(permissions.EDIT) and not page.is_archived
    stages = {choice.key: choice for choice in STAGES}
    return {"rows": rows, "kind": kind, "id": page.id, "may_begin": may_begin, "stages": stages}
