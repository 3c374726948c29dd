"""Measuring a hundred metrics in a job, for the bench: the standard set and variants of it over the large kinds."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import event, func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bench.databases import Stock
from bench.figures import Figure
from implementor.auth.models import User
from implementor.configuration.snapshots import refresh
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor, Role
from implementor.foundation.words import say
from implementor.history.services import noting
from implementor.jobs.running import run_inline
from implementor.jobs.services import enqueue
from implementor.metrics.defining import Stated, define
from implementor.metrics.definitions import Definition, Query, Ratio, Window
from implementor.metrics.models import Metric
from implementor.metrics.schedule import TASK
from implementor.metrics.services import create_metric
from implementor.metrics.standard import pick, standard_metrics
from implementor.projects.models import Project
from implementor.web.database import writing_session

NAME, METRICS, CURRENCY = "metrics", 100, "EUR"
WON, LOST, DECIDED = {"status": ("won",)}, {"status": ("lost",)}, {"status": ("won", "lost")}
LASTED = ("began_at", "closed_at")


def metrics_figure(stock: Stock) -> Figure:
    """How long a job takes that measures a hundred metrics as of today; `bytes` is how many had a value."""
    job_id = _asked(stock)
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    began = time.perf_counter()
    job = run_inline(stock.app, job_id)
    taken = (time.perf_counter() - began) * 1000
    event.remove(Engine, "before_cursor_execute", note)
    if (job.result or {}).get("measured") != METRICS:
        raise SystemExit(f"Not {METRICS} metrics were measured, but {job.result}.")
    with writing_session(stock.app) as session:
        told = session.scalar(select(func.count()).where(Metric.latest.is_not(None), Metric.key != "")) or 0
    return Figure(
        NAME, stock.kind, stock.size, taken, taken, 1000 / taken, len(seen), told, taken, 1.0, 0.0, 0.0, 0.0
    )  # fmt: skip


def _asked(stock: Stock) -> int:
    """The job, after the metrics were stated; those of an earlier measuring of the same database are used again."""
    at = datetime.now(UTC)
    with writing_session(stock.app) as session:
        lead = session.scalars(select(User).where(User.email == stock.email)).one()
        by = Actor(lead.id, lead.name, lead.email, frozenset({Role.SIGNED_IN, Role.PROJECT_LEAD, Role.CRM_ADMIN}))
        refresh(session)
        project = session.scalars(select(Project).where(Project.key == stock.key)).one()
        with noting(session, by=by, at=at, project_id=project.id):
            ids = _stated(session, stock, project.id, by, at)
            job = enqueue(
                session, TASK, arguments={"project_id": project.id, "ids": ids},
                title=say("Measure the metrics of a project"), by=by, at=at, project_id=project.id,
            )  # fmt: skip
            session.flush()
            job_id = job.id
        session.commit()
    return job_id


def _stated(session: Session, stock: Stock, project_id: int, by: Actor, at: datetime) -> list[int]:
    zone = stock.app.extensions["implementor_settings"].time_zone
    stated = Stated(by, at, zone)
    known = {one.name: one for one in session.scalars(select(Metric).where(Metric.project_id == project_id))}
    pick(session, Scope(project_id, by), list(standard_metrics), currency=CURRENCY, stated=stated)
    for number, (unit, definition) in enumerate(_variants()):
        name = f"Bench metric {number}"
        if name not in known:
            values = {"name": name, "unit": unit, "currency": CURRENCY if unit == "money" else None}
            metric = create_metric(session, project_id=project_id, values=values, by=by, at=at)
            define(session, metric, definition, stated)
    session.flush()
    measured = select(Metric.id).where(Metric.project_id == project_id, Metric.measured_by != "manual")
    return list(session.scalars(measured.order_by(Metric.id).limit(METRICS)))


def _variants() -> Iterator[tuple[str, Definition]]:
    """What companies ask: how many, how much, how long, of which share, by quarter, half, year and altogether."""
    for days in (90, 180, 365, 730):
        closed, begun = (Window("rolling", by, days) for by in ("closed_at", "began_at"))
        opened, said = Window("rolling", "opened_at", days), Window("rolling", "at", days)
        won = Query("opportunity", filters=WON, window=closed)
        yield "count", won
        yield "count", Query("opportunity", filters=LOST, window=closed)
        yield "count", Query("opportunity", window=begun)
        yield "money", Query("opportunity", "sum", "amount", filters=WON, window=closed)
        yield "days", Query("opportunity", "average", between=LASTED, filters=WON, window=closed)
        yield "days", Query("opportunity", "percentile", between=LASTED, percentile=90, filters=WON, window=closed)
        yield "percent", Query("opportunity", "share", filters=DECIDED, part=WON, window=closed)
        yield "percent", Ratio(won, Query("opportunity", window=begun))
        yield "count", Query("case", window=opened)
        yield "hours", Query("case", "median", between=("opened_at", "resolved_at"), window=opened)
        yield "number", Query("case", "average", "satisfaction", window=opened)
        yield "percent", Query("case", "share", part={"status": ("closed",)}, window=opened)
        yield "count", Query("interaction", window=said)
        yield "count", Query("interaction", "distinct", "owner", window=said)
        yield "count", Query("lead", window=begun)
        yield "percent", Query("lead", "share", part={"stage": ("converted",)}, window=begun)
    yield "count", Query("account")
    yield "count", Query("contact")
