"""The migration runs of the demo world: customers from the ERP, signed; their turnover, with a difference open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from implementor.demo.house_rules import CURRENCY
from implementor.demo.market import Market
from implementor.foundation.permissions import Actor
from implementor.releases import services
from implementor.releases.figures import measure_named
from implementor.releases.models import MigrationFigure, MigrationRun

PLACE, BY = "VEN", "data"
SYSTEM = "ERP"
SIGNED, OPEN = 96.3, 4.4
"""Days before today."""
MISSING = 2
WHY = "Dos clientes del ERP cerraron en 2019. Ventas decidió no traerlos."


def plan_migrations(market: Market) -> None:
    """Plan both runs of the first rollout."""
    market.play.plan(SIGNED, BY, lambda *deed: _number_of_customers(market, *deed), PLACE)
    market.play.plan(OPEN, BY, lambda *deed: _turnover(market, *deed), PLACE)


def _begin(market: Market, session: Session, name: str, note: str, at: datetime, by: Actor) -> MigrationRun:
    place = market.play.places[PLACE]
    values = {"name": name, "system": SYSTEM, "migrated_on": at.date() - timedelta(days=2), "note": note}
    waves = list(place.waves.values())
    if waves:
        values["wave_id"] = waves[0].id
    return services.create_run(session, project_id=place.project_id, values=values, by=by, at=at)


def _number_of_customers(market: Market, session: Session, by: Actor, at: datetime) -> None:
    """Two customers were left behind on purpose; the data lead vouches for it."""
    run = _begin(market, session, "Clientes del ERP", "Primera carga de la lista depurada.", at, by)
    figures = [_expected(session, run, "", "")]
    counted = _count(session, run, figures, by, at)[0]
    services.change_figure(
        session, run, figures[0], expected=counted + MISSING, explanation=WHY, by=by, at=at
    )  # fmt: skip
    services.sign(session, run, by=by, at=at)


def _turnover(market: Market, session: Session, by: Actor, at: datetime) -> None:
    """What the customers turn over is not what the ERP says, and nobody knows yet why."""
    run = _begin(market, session, "Cifras de los clientes", "Employees and turnover follow the customers.", at, by)
    figures = [_expected(session, run, *one) for one in (("", ""), ("employees", ""), ("revenue", CURRENCY))]
    counted = _count(session, run, figures, by, at)
    for figure, found, more in zip(figures, counted, (0, 0, 120_000_000_00), strict=True):
        services.change_figure(session, run, figure, expected=found + more, explanation="", by=by, at=at)


def _expected(session: Session, run: MigrationRun, name: str, currency: str) -> MigrationFigure:
    measure = measure_named("account", name)
    assert measure is not None, name  # nosec B101  # the demo names its own fields
    return services.expect(session, run, measure, system="", currency=currency, expected=None)


def _count(
    session: Session, run: MigrationRun, figures: Sequence[MigrationFigure], by: Actor, at: datetime
) -> list[int]:
    session.flush()
    found = services.found_now(session, figures)
    services.keep_counts(session, run, figures, found, by=by, at=at)
    session.flush()
    return [found[one.id].number for one in figures]
