"""The status reports of the demo world: three that were issued, a colour set by hand, the next draft, a pack of all."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from implementor.demo.play import Play
from implementor.foundation.permissions import Actor
from implementor.portfolio.pack_composing import Wanted, compose_pack
from implementor.portfolio.pack_services import issue_pack
from implementor.portfolio.standings import Standings
from implementor.status import report_queries as queries
from implementor.status import services
from implementor.status.composing import compose

PLACE = "VEN"
ISSUED = (
    (46.3, "Arranca la ola de pedidos sin papel. **Riesgo principal:** la interfaz con el ERP."),
    (25.3, "La ola avanza con una historia nueva pedida por facturación; se acordó no sumar más."),
    (11.3, "Se pide al comité **decidir el proveedor de la interfaz** antes de fin de mes."),
)
"""Days before today, and what the lead said."""
FOR_THE_BOARD = "Dos implantaciones a la vez: **la interfaz con el ERP** frena la primera y ocupa a las dos."
BY_HAND = (12.1, "scope", "amber", "La historia nueva está acordada con el patrocinador y sale otra a cambio.")


def plan_reporting(play: Play) -> None:
    """Plan the reports of the first rollout."""
    days, dimension, colour, reason = BY_HAND
    play.plan(days, "lead", lambda *deed: _set(play, dimension, colour, reason, *deed), PLACE)
    for days, comment in ISSUED:
        play.plan(days, "lead", lambda *deed, comment=comment: _issue(play, comment, *deed), PLACE)
    play.plan(0.9, "pmo", _consolidate)
    play.plan(1.2, "lead", lambda *deed: _begin(play, *deed), PLACE)


def _begin(play: Play, session: Session, by: Actor, at: datetime) -> Any:
    project_id = play.places[PLACE].project_id
    return services.begin_report(session, project_id=project_id, language="es", by=by, at=at, on=at.date())


def _issue(play: Play, comment: str, session: Session, by: Actor, at: datetime) -> None:
    report = _begin(play, session, by, at)
    services.change_report(session, report, {"comment": comment}, by=by, at=at)
    made = compose(session, report, by=by, at=at)
    last = session.scalar(queries.last_change(project_id=report.project_id))
    services.issue_report(session, report, made.content, made.colours, last_change_id=last, by=by, at=at)


def _consolidate(session: Session, by: Actor, at: datetime) -> None:
    """The pack of all projects, as the PMO takes it to the board."""
    wanted = Wanted(None, "es", FOR_THE_BOARD)
    made = compose_pack(session, wanted, Standings(session, by, at.date()), by=by, at=at)
    issue_pack(session, wanted, made, by=by, at=at)


def _set(play: Play, dimension: str, colour: str, reason: str, session: Session, by: Actor, at: datetime) -> None:
    services.set_colour(
        session, project_id=play.places[PLACE].project_id, dimension=dimension, colour=colour, reason=reason,
        expires_on=at.date() + timedelta(days=40), by=by, at=at, on=at.date(),
    )  # fmt: skip
