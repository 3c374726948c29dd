"""Reports that the people of the demo keep: open sales, the funnel, cases by month, and campaigns."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from implementor.demo.play import Play
from implementor.foundation.permissions import Actor
from implementor.metrics.definitions import Query, Window
from implementor.reports.models import ALL
from implementor.reports.plans import BARS, MATRIX, Figure, Plan
from implementor.reports.services import ReportWish, add_report, pin_report

OPEN = Query("opportunity", filters={"status": ("open",)})
OF_HALF_A_YEAR = Window("rolling", "opened_at", days=180)
REPORTS = (
    ("Open money by stage and seller", "Dinero abierto por etapa y vendedor",
     Plan(OPEN, (Figure("sum", "amount"), Figure()), ("stage", "owner"))),
    ("Leads by source and stage", "Leads por procedencia y etapa",
     Plan(Query("lead"), (Figure(),), ("source", "stage"), shown=MATRIX)),
    ("Cases of the last half year", "Casos del último semestre",
     Plan(Query("case", window=OF_HALF_A_YEAR), (Figure(),), ("category", "month:opened_at"), shown=MATRIX)),
    ("Money of campaigns by type", "Dinero de las campañas por tipo",
     Plan(Query("campaign"), (Figure("sum", "cost"), Figure("sum", "budget")), ("type",), shown=BARS)),
)  # fmt: skip


def plan_reports(play: Play, *, days_ago: float) -> None:
    """Plan the day on which they are kept and shared with everybody of the CRM."""
    for place, one in enumerate(REPORTS):
        play.plan(days_ago - place / 10, "data", partial(_keep, *one))


def _keep(english: str, spanish: str, plan: Plan, session: Session, by: Actor, at: datetime) -> None:
    kept = add_report(session, plan.kind, ReportWish(english, spanish, plan, ALL), by=by, at=at)
    if plan.shown == MATRIX:
        pin_report(session, kept, pinned=True, by=by, at=at)
