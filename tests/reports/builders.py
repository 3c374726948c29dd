"""Reports as people of a company keep them, and what they find for somebody."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from implementor.foundation.fields import Scope
from implementor.reports import services
from implementor.reports.models import ALL
from implementor.reports.plans import Plan
from implementor.reports.reading import seen_by
from implementor.reports.services import ReportWish
from implementor.reports.tables import Table, ids_behind, table_of
from tests.auth.builders import reading
from tests.crm.builders import START, Company

LATER = datetime(2026, 3, 20, 12, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Madrid")


def kept(here: Company, plan: Plan, who: str = "manager", name: str = "Sales by stage", **more: Any) -> int:
    """A report that somebody keeps; its id."""
    with here.working(who) as session:
        wish = ReportWish(name, f"{name} (es)", plan, **{"shared": ALL, **more})
        return services.add_report(session, plan.kind, wish, by=here.by(who), at=START).id


def found(here: Company, plan: Plan, who: str = "manager") -> Table:
    """What a report finds for somebody."""
    with reading(here.app) as session:
        actor = here.by(who)
        return table_of(session, plan, seen_by(actor, LATER, ZONE), Scope(None, actor))


def behind(here: Company, plan: Plan, values: tuple[Any, ...], figure: int = 0, who: str = "manager") -> set[int]:
    """The ids of the records behind a figure of one part."""
    with reading(here.app) as session:
        ids = ids_behind(plan, figure, values, seen_by(here.by(who), LATER, ZONE))
        return set(session.scalars(ids))


def figures(table: Table) -> dict[tuple[str, ...], list[Any]]:
    """The values of each part, by what it is called."""
    return {line.names: [one.value for one in line.tallies] for line in table.lines}
