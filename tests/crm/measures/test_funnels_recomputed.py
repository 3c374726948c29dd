"""Standard metrics of leads, hand-overs, response and satisfaction, computed again in plain Python over the rows."""

import csv
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.crm.cases.models import Case
from implementor.crm.interactions.models import Interaction
from implementor.crm.leads.models import Lead
from implementor.crm.opportunities.models import Opportunity
from implementor.crm.orders.models import Order
from implementor.metrics.conditions import AsOf
from implementor.metrics.measuring import Ruler
from implementor.metrics.standard import standard_metrics
from tests.auth.builders import reading
from tests.crm.importing import imported
from tests.crm.opportunities.sales import Sales, sales

ON = date(2026, 3, 31)
FIRST = ON - timedelta(days=89)
STAGES = ("New", "MQL", "Accepted", "SQL", "Converted")
DATES = ("Created date", "MQL date", "SAL date", "SQL date", "Converted date")
HEAD = ("Lead ID", *DATES, "Stage", "Source", "Owner", "Company", "Email")
TEAMS = {"": "", "Seller Vega": "North", "Mate Vega": "North", "Elsewhere Vega": "South"}


@dataclass
class Row:
    """A lead as the file and the rows beside it tell it."""

    days: list[date]
    source: str
    owner: str
    email: str
    name: str
    answered: datetime | None = None
    won: datetime | None = None
    is_of_case: bool = False

    def day(self, place: int) -> date | None:
        return self.days[place] if place < len(self.days) else None

    def came(self, place: int, first: date = FIRST) -> bool:
        """Whether it came into that stage in the time."""
        day = self.day(place)
        return day is not None and first <= day <= ON

    def won_in(self, first: datetime) -> bool:
        return self.won is not None and first <= self.won < midnight(ON + timedelta(days=1))


@dataclass
class World:
    """Everything that was written, as plain values."""

    leads: list[Row]
    orders: list[tuple[datetime, datetime | None]] = field(default_factory=list)
    answers: list[tuple[date, int | None]] = field(default_factory=list)


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def leads(draw: random.Random) -> list[Row]:
    """Leads of half a year that come through or not, some of them after the day of measuring."""
    made = []
    for number in range(70):
        days = [date(2025, 10, 1) + timedelta(days=draw.randrange(185))]
        while len(days) < 5 and draw.random() < 0.72:
            days.append(days[-1] + timedelta(days=draw.randrange(1, 25)))
        source, owner, email = (
            draw.choice(["Web", ""]),
            draw.choice(list(TEAMS)),
            draw.choice([f"p{number}@x.example", ""]),
        )
        made.append(Row(days, source, owner, email, f"Firm {number}"))
    return made


def write(rows: list[Row], file: Path) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        lines = csv.DictWriter(out, HEAD)
        lines.writeheader()
        for row in rows:
            told = dict(zip(DATES, (day.isoformat() for day in row.days), strict=False))
            lines.writerow({
                "Lead ID": row.name, **told, "Stage": STAGES[len(row.days) - 1], "Source": row.source,
                "Owner": row.owner, "Company": row.name, "Email": row.email,
            })  # fmt: skip


def add_what_follows(session: Session, there: Sales, rows: list[Row], draw: random.Random) -> World:
    """First talks, sales that were won, cases that leads came out of, orders and what customers said."""
    kept = {one.company: one for one in session.scalars(select(Lead))}
    assert len(kept) == len(rows)
    found = World(rows)
    for number in range(12):
        placed = midnight(date(2025, 11, 1) + timedelta(days=draw.randrange(150)))
        left = placed + timedelta(hours=draw.randrange(1, 400)) if draw.random() < 0.8 else None
        session.add(Order(number=f"A{number}", ordered_on=placed.date(), placed_at=placed, dispatched_at=left))
        found.orders.append((placed, left))
    for number in range(14):
        closed = date(2025, 12, 1) + timedelta(days=draw.randrange(119))
        said, moment = draw.choice([None, 1, 2, 3, 4, 5]), midnight(closed)
        session.add(Case(
            number=number, code=f"C-{number}", subject="Broken", status="closed", status_since=moment,
            opened_at=moment, resolved_at=moment, closed_at=moment, satisfaction=said,
        ))  # fmt: skip
        found.answers.append((closed, said))
    session.flush()
    a_case = session.scalars(select(Case.id)).first()
    for row in rows:
        _follow(session, there, kept[row.name], row, a_case, draw)
    return found


def _follow(session: Session, there: Sales, lead: Lead, row: Row, case: Any, draw: random.Random) -> None:
    if draw.random() < 0.6:
        row.answered = midnight(row.days[0]) + timedelta(hours=draw.randrange(200))
        for later in (0, 30, -500):
            talk = {
                "channel": "phone",
                "direction": "out",
                "subject": "Talk",
                "at": row.answered + timedelta(hours=later),
            }
            session.add(Interaction(about_kind="lead", about_id=lead.id, **talk))
    if len(row.days) == 5 and draw.random() < 0.7:
        row.won = midnight(row.days[4]) + timedelta(days=draw.randrange(30))
        stage = there.stages["won"]
        sale = Opportunity(
            name=row.name, pipeline_id=stage.pipeline_id, stage_id=stage.id, status="won", began_at=row.won,
            stage_since=row.won, closed_at=row.won, close_on=row.won.date(), probability_ratio=Decimal(1),
            probability_source="stage",
        )  # fmt: skip
        session.add(sale)
        session.flush()
        lead.opportunity_id = sale.id
    if draw.random() < 0.3:
        row.is_of_case, lead.about_kind, lead.about_id = True, "case", case


@pytest.fixture
def measured(app: Flask, tmp_path: Path) -> tuple[World, Flask]:
    """A funnel taken in from a file, with everything that follows."""
    there, draw = sales(app), random.Random(7)
    rows = leads(draw)
    write(rows, tmp_path / "leads.csv")
    report = imported(there, "lead", tmp_path / "leads.csv")
    assert report["created"] == len(rows), report
    with there.working("crm_admin") as session:
        return add_what_follows(session, there, rows, draw), app


def share(rows: list[Row], holds: Callable[[Row], bool]) -> tuple[int, int]:
    return sum(holds(one) for one in rows), len(rows)


def told(world: World) -> dict[str, tuple[int, int]]:
    """(above, below) of each share."""
    rows, found = world.leads, {}
    for name, begun, reached in (("mql_sal", 1, 2), ("sal_sql", 2, 3)):
        of_time = [one for one in rows if one.came(begun)]
        found[f"cohort_{name}"] = share(of_time, lambda one, to=reached: one.came(to, date.min))  # type: ignore[misc]
        found[f"flow_{name}"] = sum(one.came(reached) for one in rows), len(of_time)
    for name, begun in (("sql_won", 3), ("mql_won", 1)):
        of_time = [one for one in rows if one.came(begun)]
        since = {id(one): midnight(one.days[begun]) for one in of_time}
        found[f"cohort_{name}"] = share(of_time, lambda one, since=since: one.won_in(since[id(one)]))  # type: ignore[misc]
        found[f"flow_{name}"] = sum(one.won_in(midnight(FIRST)) for one in rows), len(of_time)
    filled = sum(bool(one.email) + bool(one.source) for one in rows)
    return {**found, "complete_lead": (filled, 5 * len(rows))}


def hours(world: World) -> dict[str, list[float]]:
    """The hours behind each median."""
    rows = world.leads
    took = {
        "lead_response": [one.answered - midnight(one.days[0]) for one in rows if one.answered and one.came(0)],
        "handover_sales": [midnight(one.days[2]) - midnight(one.days[1]) for one in rows if one.came(2)],
        "handover_service": [
            left - placed for placed, left in world.orders
            if left and midnight(FIRST) <= left < midnight(ON + timedelta(days=1))
        ],
        "handover_marketing": [
            midnight(one.days[1]) - midnight(one.days[0]) for one in rows if one.is_of_case and one.came(1)
        ],
    }  # fmt: skip
    return {key: [one.total_seconds() / 3600 for one in some] for key, some in took.items()}


def test_each_of_them_is_what_the_rows_say_also_by_person_and_team(measured: tuple[World, Flask]) -> None:
    # taking the file in takes the time, so all of it is asked of one world
    look_at_figures(*measured)
    look_at_parts(*measured)


def look_at_figures(world: World, app: Flask) -> None:
    with reading(app) as session:
        ruler = Ruler(session, AsOf(ON, ZoneInfo("UTC"), None))
        found = {key: ruler.tally(one.definition, one.unit, None) for key, one in standard_metrics.items()}
    for key, (above, below) in told(world).items():
        assert above, key
        assert (found[key].numerator, found[key].denominator) == (Decimal(above), Decimal(below)), key
        assert abs((found[key].value or 0) - Decimal(100 * above) / below) <= Decimal("0.0001"), key
    for key, some in hours(world).items():
        assert len(some) > 3, key
        assert found[key].n == len(some), key
        assert found[key].value == round(Decimal(median(some)), 4), key
    answers = [said for closed, said in world.answers if said and FIRST <= closed <= ON]
    assert (found["satisfaction"].n, found["satisfaction"].value) == (
        len(answers), round(Decimal(sum(answers)) / len(answers), 4),
    )  # fmt: skip


def look_at_parts(world: World, app: Flask) -> None:
    with reading(app) as session:
        ruler = Ruler(session, AsOf(ON, ZoneInfo("UTC"), None))
        parts = {
            (key, by): ruler.parted(standard_metrics[key].definition, by, "percent", None)
            for key in ("complete_lead", "cohort_mql_sal") for by in ("owner", "owners_team")
        }  # fmt: skip
    for by, apart in (("owner", lambda row: row.owner), ("owners_team", lambda row: TEAMS[row.owner])):
        groups: dict[str, list[Row]] = {}
        for row in world.leads:
            groups.setdefault(apart(row), []).append(row)
        for key in ("complete_lead", "cohort_mql_sal"):
            wanted = [told(World(some))[key] for some in groups.values()]
            got: list[Any] = [(one.numerator, one.denominator) for one in parts[key, by].values()]
            assert sorted(one for one in wanted if one[1]) == sorted(got), (key, by)
