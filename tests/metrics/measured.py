"""Sales, cases and a metric that is measured from them, for tests of definitions."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy.orm import Session

from implementor.foundation.measures import Tally
from implementor.jobs.models import Job
from implementor.jobs.running import run_inline
from implementor.metrics.conditions import AsOf
from implementor.metrics.defining import Stated, define
from implementor.metrics.definitions import Definition
from implementor.metrics.measuring import Ruler
from implementor.metrics.models import Metric
from implementor.metrics.schedule import measure_now
from tests.auth.builders import reading, working
from tests.metrics.builders import Aim
from tests.projects.builders import NOW

ZONE = ZoneInfo("Europe/Madrid")
TODAY = NOW.astimezone(ZONE).date()


def found(
    session: Session, definition: Definition, unit: str = "number", currency: str | None = None, *,
    on: date = TODAY, project_id: int | None = None, known: dict[str, Decimal | None] | None = None,
) -> Tally:  # fmt: skip
    """What a definition finds in a session."""
    return Ruler(session, AsOf(on, ZONE, project_id), known or {}).tally(definition, unit, currency)


def tally(app: Flask, definition: Definition, *given: Any, **more: Any) -> Tally:
    """What a definition finds."""
    with reading(app) as session:
        return found(session, definition, *given, **more)


def defined(there: Aim, definition: Definition, at: datetime = NOW, **values: Any) -> int:
    """A metric that is measured so, without baseline and target unless they are given; returns its id."""
    bare: dict[str, Any] = {
        "baseline": None, "target": None, "baseline_on": None, "due_on": None, "direction": "up", "unit": "number",
    }  # fmt: skip
    metric_id = there.metric(**{**bare, **values})
    redefine(there, metric_id, definition, at)
    return metric_id


def redefine(there: Aim, metric_id: int, definition: Definition, at: datetime = NOW) -> None:
    """Measure a metric so from now on."""
    with working(there.app, there.by()) as session:
        define(session, session.get_one(Metric, metric_id), definition, Stated(there.by(), at, ZONE))


def measured(there: Aim, metric_id: int) -> Job:
    """Let a worker measure a metric now; returns the job as it ended."""
    with working(there.app, there.by()) as session:
        metric = session.get_one(Metric, metric_id)
        job_id = measure_now(session, metric, by=there.by(), at=datetime.now(UTC)).id
    return run_inline(there.app, job_id)
