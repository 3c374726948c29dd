"""Which kinds of records somebody may read reports of, and the day and the records that figures are of then."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select

from implementor.foundation.access import governed
from implementor.foundation.fields import Scope
from implementor.foundation.live import present
from implementor.foundation.measures import Measurable, measurables
from implementor.foundation.permissions import Actor
from implementor.lists.sheets import sheets
from implementor.metrics.conditions import AsOf


def reported_kinds() -> list[str]:
    """The kinds that reports can be of: records of the CRM that are measured and have a list, and are in use."""
    return [kind for kind in measurables if kind in governed and kind in sheets and not present().is_off(kind)]


def kinds_read_by(actor: Actor) -> list[str]:
    """Those of which somebody may see any record."""
    access = present().access
    return [
        kind for kind in reported_kinds()
        if access.may(actor, kind, "see") and actor.may(sheets[kind].may_view)
    ]  # fmt: skip


def seen_by(actor: Actor, at: datetime, zone: ZoneInfo) -> AsOf:
    """The day, and the records that count: those that the reader sees, so that no figure tells of others."""

    def within(known: Measurable) -> Select[Any]:
        found: Any = sheets[known.entity.kind].base(Scope(None, actor))
        return found if known.narrowed is None else known.narrowed(found)

    return AsOf(at.astimezone(zone).date(), zone, None, within)
