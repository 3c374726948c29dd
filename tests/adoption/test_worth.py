"""Benefits with measured adoption: every figure counted again from rows, for those who see money only."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from implementor.adoption.models import FactDay, KeptDay, TeamDay
from implementor.adoption.services import formula_in_force
from implementor.adoption.worth import Used, Worth, time_share, used_between, worth_of
from implementor.adoption.worth_reading import benefits_of
from implementor.discovery import services
from implementor.discovery.models import Benefit
from implementor.finance.models.budget import PLANNED
from implementor.finance.services.amounts import Cell, write_amounts
from implementor.finance.services.lines import create_line
from implementor.metrics.services import create_metric
from implementor.releases.release_models import ConfigRelease
from implementor.stories.models import Story
from implementor.waves.models import Wave
from tests.adoption.builders import NOW
from tests.auth.builders import reading, working
from tests.machinery.statements import counting
from tests.releases.release_builders import Shop, own_field, shop

TODAY, MARCH = NOW.date(), date(2026, 3, 1)
AGO = 73


@pytest.mark.parametrize(
    ("rhythm", "due_on", "on", "share"),
    [
        ("year", None, MARCH + timedelta(days=73), "0.2"),
        ("year", None, MARCH + timedelta(days=730), "2"),
        ("year", None, MARCH - timedelta(days=3), "0"),
        ("once", MARCH + timedelta(days=100), MARCH + timedelta(days=25), "0.25"),
        ("once", MARCH + timedelta(days=100), MARCH + timedelta(days=400), "1"),
        ("once", MARCH - timedelta(days=1), MARCH, "1"),
        ("once", None, MARCH + timedelta(days=25), None),
    ],
)
def test_time_counts_from_the_first_release(rhythm: str, due_on: date | None, on: date, share: str | None) -> None:
    assert time_share(rhythm, MARCH, due_on, on) == (None if share is None else Decimal(share))


def test_won_and_lost_make_what_was_planned_whatever_the_factors() -> None:
    for amount in (0, 1, 7, 999_999_999_999):
        for tenths in range(11):
            one = worth_of(amount, Decimal("0.3"), Decimal(tenths) / 10, Decimal("0.9"))
            assert one.won + one.lost == one.planned
            assert 0 <= one.won <= one.planned
    assert worth_of(100_000, Decimal("0.5"), Decimal("0.5"), Decimal("0.8")) == Worth(50_000, 20_000)
    use = {MARCH: (9, 9), MARCH + timedelta(days=1): (2, 8), MARCH + timedelta(days=2): (6, 8)}
    assert used_between(use, MARCH, MARCH + timedelta(days=4)) == Used(Decimal("0.5"), 2, 4), "not the day of release"
    assert used_between(use, MARCH + timedelta(days=2), MARCH + timedelta(days=9)) is None


def sold(app: Flask) -> Shop:
    """A release 73 days ago of a story that serves an objective with benefits; facts of the last ten days."""
    made, (story,) = shop(app)
    made.item(story, "f_docks", own_field("f_docks", "Dock"), kind="custom_field")
    with made.here.working() as session:
        here: dict[str, Any] = {"project_id": made.here.project_id, "by": made.here.actor(), "at": NOW}
        goal = {"name": "Cycle", "unit": "days", "direction": "down", "due_on": TODAY + timedelta(days=73)}
        metric = create_metric(session, values=goal, **here)
        objective = services.create_objective(session, values={"statement": "Sell faster"}, **here)
        other = services.create_objective(session, values={"statement": "Still to come"}, **here)
        by: dict[str, Any] = {"by": made.here.actor(), "at": NOW}
        services.judge_by(session, objective, metric, **by)
        for of, title, rhythm in ((objective, "Hours", "year"), (objective, "Stock", "once"), (other, "Later", "year")):
            worth = {"title": title, "amount": 1_000_003, "currency": "VES", "rhythm": rhythm}
            services.add_benefit(session, of, worth, **by)
        services.serve(session, session.get_one(Story, story), objective.id, **by)
    made.close()
    with working(app) as session:
        session.execute(update(ConfigRelease).values(applied_at=NOW - timedelta(days=AGO)))
        session.execute(update(Wave).values(closed_at=NOW - timedelta(days=AGO)))
        formula = formula_in_force(session, at=NOW)
        session.add(FactDay(day=TODAY, written_at=NOW, first_change_id=0))
        for back in range(10):
            session.add(_day(TODAY - timedelta(days=back), formula.id, active=6 - back % 4))
    return made


def _day(day: date, formula_id: int, *, active: int) -> TeamDay:
    kept = {"wanted": 90, "filled": 54, "checked": 50, "valid": 49}
    return TeamDay(day=day, team_id=0, formula_id=formula_id, people=8, newcomers=0, active_1=1, active_7=2,
                   active_28=active, **kept)  # fmt: skip


def test_every_amount_is_what_a_recount_of_the_rows_finds(app: Flask) -> None:
    made = sold(app)
    url = made.here.url("/adoption/benefits")
    page = made.here.browser().get(url)
    assert "None of the stories that serve it is live yet." in page.text
    found = made.here.browser().get(url + "/export.csv").response.get_data(as_text=True)
    rows = {row["Benefit"]: row for row in csv.DictReader(io.StringIO(found[found.index("Objective") :]))}
    with reading(app) as session:
        days = session.scalars(select(TeamDay)).all()
        stated = {one.title: one for one in session.scalars(select(Benefit))}
    use = Fraction(sum(day.active_28 for day in days), sum(day.people for day in days))
    newest = max(days, key=lambda day: day.day)
    complete = min(Fraction(newest.filled, newest.wanted) / Fraction(90, 100), Fraction(1))
    valid = min(Fraction(newest.valid, newest.checked) / Fraction(98, 100), Fraction(1))
    quality = (complete + valid) / 2
    for title, share in {"Hours": Fraction(AGO, 365), "Stock": Fraction(AGO, AGO + 73)}.items():
        planned = Fraction(stated[title].amount or 0) * share
        for column, exact in {"Planned to date": planned, "Money won": planned * use * quality}.items():
            assert abs(Fraction(rows[title][column]) * 100 - exact) <= 60, (title, column)
        lost = Fraction(rows[title]["Planned to date"]) - Fraction(rows[title]["Money won"])
        assert Fraction(rows[title]["Money lost"]) == lost
    assert rows["Later"]["Money won"] == ""
    assert "/releases/1" in page.html
    with working(app) as session:
        session.execute(update(Wave).values(closed_at=NOW - timedelta(days=AGO + 365)))
    assert "120% of the time" in made.here.browser().get(url).text.replace("\xa0", ""), "live before its settings"


def test_each_point_of_the_picture_is_what_a_recount_of_its_days_finds(app: Flask) -> None:
    made = sold(app)
    with reading(app) as session:
        found = benefits_of(session, made.here.project_id, zone=ZoneInfo("UTC")).weeks
        days = session.scalars(select(TeamDay)).all()
        amount = Fraction(session.scalars(select(Benefit.amount)).first() or 0)
    newest = max(days, key=lambda day: day.day)
    valid = min(Fraction(newest.valid * 100, newest.checked * 98), Fraction(1))
    quality = (min(Fraction(newest.filled * 100, newest.wanted * 90), Fraction(1)) + valid) / 2
    assert [point.day for point in found] == [TODAY - timedelta(days=7), TODAY], "nothing is known of use before that"
    for point in found:
        known = [day for day in days if day.day <= point.day]
        use = Fraction(sum(day.active_28 for day in known), sum(day.people for day in known))
        since = AGO - (TODAY - point.day).days
        planned = amount * Fraction(since, 365) + amount * Fraction(since, AGO + 73)
        assert abs(point.worth.planned - planned) <= 1
        rounded = 1 + planned * use * Fraction(1, 20_000)  # quality is kept in ten-thousandths
        assert abs(point.worth.won - planned * use * quality) <= rounded


def test_money_is_for_those_who_see_money_and_few_people_are_not_told(app: Flask) -> None:
    made = sold(app)
    url = made.here.url("/adoption/benefits")
    for form in ("", "/export.csv"):
        made.here.browser(made.here.member).get(url + form, status=403)
    lead = made.here.browser()
    lead.get(url + "/export.pdf", status=404)
    objective = made.here.url("/objectives/1")
    assert "Lost to slow adoption" in lead.get(objective).text
    assert "Lost to slow adoption" not in made.here.browser(made.here.member).get(objective).text
    with counting() as few:
        lead.get(url)
    with working(app) as session:
        session.add_all(
            Benefit(project_id=one.project_id, objective_id=one.objective_id, title=f"{one.title} again",
                    amount=5, currency="VES", rhythm="year")
            for one in session.scalars(select(Benefit)).all()
        )  # fmt: skip
    with counting() as many:
        assert "Hours again" in lead.get(url).text
    assert len(many) <= len(few), many.beyond(few)
    with working(app) as session:
        session.execute(update(TeamDay).values(people=4, active_28=1))
    told = lead.get(url).text
    assert "Fewer than 5 people use the CRM" in told
    assert "Lost to slow adoption" not in told
    with working(app) as session:
        session.execute(delete(KeptDay))
        session.execute(delete(FactDay))
    assert "Nothing was read yet" in lead.get(url).text


def test_a_status_report_tells_what_adoption_cost_to_those_who_see_money(app: Flask) -> None:
    made = sold(app)
    with made.here.working() as session:
        here: dict[str, Any] = {"project_id": made.here.project_id, "by": made.here.actor(), "at": NOW}
        wanted = {"title": "Licences", "category": "licence", "currency": "VES"}
        line = create_line(session, values=wanted, **here)
        session.flush()
        cells = {Cell(line.id, PLANNED, TODAY.replace(day=1)): 100_000}
        write_amounts(session, cells=cells, reason="", **here)
    place = made.here.url("/status-reports")
    lead = made.here.browser()
    lead.get(place).form(place).submit()
    lead.post(f"{place}/1/issue")
    told = lead.get(f"{place}/1").text
    assert all(
        words in told for words in ("Benefits planned to date", "Benefits won", "Benefits lost to slow adoption")
    )
    assert "Benefits won" not in made.here.browser(made.here.member).get(f"{place}/1").text


def test_a_release_that_was_taken_back_wins_nothing(app: Flask) -> None:
    made = sold(app)
    made.roll_back()
    text = made.here.browser().get(made.here.url("/adoption/benefits")).text
    assert text.count("None of the stories that serve it is live yet.") == 3
    assert "Lost to slow adoption" not in text
