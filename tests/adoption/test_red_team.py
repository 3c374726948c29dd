"""The way of a change lead: from a team that does not use the CRM to help for one person, and to what came of it."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import delete, select, update

from implementor.adoption.intervention_models import Intervention
from implementor.adoption.models import FactDay, PersonDay
from implementor.foundation.permissions import Role
from tests.adoption.builders import NOW, read_records, talk
from tests.adoption.test_pages import AT_HOME, rollout_over
from tests.auth.builders import reading, working
from tests.crm.builders import Company
from tests.machinery.pages import Browser, Page

HELPED_AGO, DONE_AGO = 20, 10
WROTE_AGO = (5, 4, 3, 2, 1)
"""Days before today on which the person who was helped writes."""


def test_a_change_lead_goes_from_a_red_team_to_help_whose_effect_appears(app: Flask) -> None:
    here, browsers = rollout_over(app)
    lead = browsers[Role.CHANGE_LEAD]
    team = lead.get(AT_HOME).follow("North")
    assert "risk" in badges_of(team, "Mate Vega")
    assert team.follow("Mate Vega").heading == "Mate Vega"
    shown = help_for_mate(here, lead)
    assert "measured from 7 days" in shown.form("It is done").submit(result="She enters talks on her own").text
    three_weeks_go_by(app, here.people["mate"].id)
    for days in WROTE_AGO:
        talk(here, 1, at := NOW - timedelta(days=days), at, who="mate")
    read_records(app)
    page = lead.get("/projects/VEN/adoption/interventions").follow("Sit together for an hour")
    own, others = expected(app, here.people["mate"].id)
    assert stats_of(page) == ["0%", told(own), told(others), told(own - others)]
    assert "7 people who stood alike and had no help" in page.text
    assert "risk" not in badges_of(lead.get(AT_HOME).follow("North"), "Mate Vega")
    assert "Mate Vega" not in lead.get(AT_HOME + "help").text


def help_for_mate(here: Company, lead: Browser) -> Page:
    """Help is planned from the list of the week, with the reason that stands there."""
    page, mate = lead.get(AT_HOME).follow("People to help"), here.people["mate"].id
    (link,) = [one.get("href") or "" for one in page.all("main a") if f"person_id={mate}&" in (one.get("href") or "")]
    return lead.get(link).form("Save").submit(action="Sit together for an hour")


def three_weeks_go_by(app: Flask, helped: int) -> None:
    """What was written down today happened some weeks ago, when the figure was the same; today was not read yet."""
    then = NOW - timedelta(days=HELPED_AGO)
    with working(app) as session:
        made = session.scalars(select(Intervention)).one()
        stood = session.scalars(
            select(PersonDay).where(PersonDay.user_id == helped, PersonDay.day == then.date())
        ).one()
        assert (made.value_then, made.effect_on, stood.writing) == (0, None, 0)
        made.opened_at, made.day_then, made.done_at = then, then.date(), NOW - timedelta(days=DONE_AGO)
        session.execute(delete(FactDay).where(FactDay.day == NOW.date()))
        session.execute(update(FactDay).values(written_at=NOW - timedelta(hours=2)))


def expected(app: Flask, helped: int) -> tuple[float, float]:
    """By hand: the share of 28 days with writing that was gained, of who was helped and on average of the others."""
    with reading(app) as session:
        known = {(row.user_id, row.day): row.writing for row in session.scalars(select(PersonDay))}
    then, today = (NOW - timedelta(days=HELPED_AGO)).date(), NOW.date()
    gained = {user: (known[user, today] - known[user, then]) / 28 for user, day in known if day == today}
    others = [gain for user, gain in gained.items() if user != helped]
    assert gained[helped] == len(WROTE_AGO) / 28
    return gained[helped], sum(others) / len(others)


def told(ratio: float) -> str:
    return f"{round(ratio * 100)}%"


def stats_of(page: Page) -> list[str]:
    return page.texts(".stat-value")


def badges_of(page: Page, name: str) -> str:
    """The classes of the badges beside a name."""
    (row,) = [one for one in page.all("#people tbody tr") if name in one.text_content()]
    return " ".join(one.get("class") or "" for one in row.iter("span"))
