"""The gate checks about support: promised hours have somebody who is reachable, open requests somebody who goes on."""

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
    passed = say("Open requests of the weeks after going live are passed on to the regular support")
    gate_check("requests_passed_on", passed, requests_passed_on)


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


def requests_passed_on(session: Session, place: GatePlace, _parameters: Mapping[str, Any]) -> Reading:
    """Of the requests of the weeks after the wave went live that are to be taken up, those that were passed on.

    What came after the passing on comes to the regular support by itself, so it counts as passed on. Where nothing is
    open there is nothing to pass on; a wave that has not gone live does not pass.
    """
    found = session.execute(*queries.left_to_pass_on(project_id=place.project_id, wave_id=place.wave_id or 0)).one()
    values = {"project_key": place.project_key, "wave": place.wave_number}
    return Reading(
        Decimal(found.requests if found.is_passed_on else 0), Decimal(found.requests),
        endpoint="support.hypercare", values=values, empty_passes=found.is_live,
    )  # fmt: skip


def _hours(spans: Iterable[Span]) -> Decimal:
    seconds = sum((last - first).total_seconds() for first, last in spans)
    return (Decimal(int(seconds)) / 3600).quantize(Decimal("0.1"))
