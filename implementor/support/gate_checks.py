"""The gate check about support: the promised hours of the weeks after going live have somebody who is reachable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.words import say
from implementor.stages.checks import GatePlace, Reading, gate_check
from implementor.support import queries
from implementor.support.roster import Span, gaps, open_spans, promised_hours
from implementor.training.result_queries import wave_end

WATCHED = timedelta(days=14)


def declare_checks() -> None:
    """Make it known."""
    label = say("The promised hours of support are covered in the %(days)s days after going live", days=WATCHED.days)
    gate_check("support_staffed", label, support_staffed)


def support_staffed(session: Session, place: GatePlace, _parameters: Mapping[str, Any]) -> Reading:
    """Of the hours that are promised in the two weeks after the wave's last day, those that somebody covers.

    Without a last day of the wave, or without promised hours, it does not pass.
    """
    hours = promised_hours(session)
    live_on = session.scalars(wave_end(project_id=place.project_id, wave_id=place.wave_id or 0)).one_or_none()
    promised: list[Span] = []
    left: list[Span] = []
    if hours is not None and live_on is not None:
        since = datetime.combine(live_on + timedelta(days=1), time(), hours.time_zone)
        until = since + WATCHED
        rows = session.execute(queries.shifts_between(project_id=place.project_id, since=since, until=until))
        promised = open_spans(hours, since, until)
        left = gaps(promised, [(row.starts_at, row.ends_at) for row in rows if row.audience is None])
    whole = _hours(promised)
    return Reading(
        whole - _hours(left), whole, endpoint="support.roster", values={"project_key": place.project_key},
        empty_passes=False,
    )  # fmt: skip


def _hours(spans: Iterable[Span]) -> Decimal:
    seconds = sum((last - first).total_seconds() for first, last in spans)
    return (Decimal(int(seconds)) / 3600).quantize(Decimal("0.1"))
