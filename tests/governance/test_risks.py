"""Risks: rated from 1 to 5 with every rating kept, closed for a reason, on the map as they stood on any day."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from implementor.foundation.amounts import Money
from implementor.foundation.records import RecordRef
from implementor.governance.heat_map import drawn_map
from implementor.governance.models import RecordLink, Risk, RiskScore
from implementor.governance.place import Here
from implementor.governance.queries.risks import ratings_at
from implementor.governance.risk_rating import band_of, contingency, expected_loss
from implementor.governance.services import open_risk
from implementor.governance.services import risks as services
from tests.auth.builders import Person, reading, working
from tests.governance.builders import people_of_governance, risk
from tests.machinery.pages import Browser
from tests.machinery.statements import counting
from tests.projects.builders import NOW, browser_of

LIST = "/projects/VEN/risks"


@pytest.fixture
def people(app: Flask) -> dict[str, Person]:
    """The people of VEN."""
    return people_of_governance(app)


@pytest.fixture
def browser(app: Flask, people: dict[str, Person]) -> Browser:
    """The member's browser."""
    return browser_of(app, people["member"])


def rated(app: Flask, by: Person, number: int, days: int, **values: Any) -> None:
    """Another rating, so many days after the beginning."""
    with working(app, by.actor) as session:
        found = session.scalars(select(Risk).where(Risk.number == number)).one()
        services.edit_risk(session, found, values, by=by.actor, at=NOW + timedelta(days=days))


def test_a_risk_is_written_down_rated_and_given_to_the_lead(app: Flask, browser: Browser) -> None:
    form = browser.get(LIST).follow("New risk").form("main form")
    page = form.submit(title="Data is worse than thought", category="data", probability="4", impact="5",
                       exposure_amount="12000 USD", trigger="First load fails")  # fmt: skip
    assert page.url == f"{LIST}/1"
    assert "High, 20" in page.text
    assert "Lara Luz" in page.text
    assert "Loss to expect: $8,400.00" in page.text
    with reading(app) as session:
        stored = session.scalars(select(Risk)).one()
    assert (stored.score, stored.inherent_probability, stored.inherent_impact) == (20, 4, 5)
    assert (stored.exposure_amount, stored.exposure_currency) == (1_200_000, "USD")


def test_the_same_twice_is_one_risk_and_a_rating_out_of_bounds_is_none(app: Flask, browser: Browser) -> None:
    form = browser.get(LIST).follow("New risk").form("main form")
    page = form.submit(title="X", category="data", probability="6", impact="1", status=422)
    assert "probability" in page.form("main form").errors
    form = page.form("main form").fill(probability="5")
    assert form.submit().url == form.submit().url == f"{LIST}/1"


def test_half_a_rating_is_refused(app: Flask, browser: Browser) -> None:
    form = browser.get(LIST).follow("New risk").form("main form")
    page = form.submit(title="X", category="data", probability="3", impact="1", residual_impact="2", status=422)
    assert "residual_probability" in page.form("main form").errors


def test_every_rating_is_kept_and_one_that_changes_nothing_is_none(app: Flask, people: dict[str, Person]) -> None:
    number = risk(app, people["member"]).number
    rated(app, people["project_lead"], number, 5, probability=5)
    rated(app, people["project_lead"], number, 6, title="Another name")
    rated(app, people["member"], number, 7, residual_probability=1, residual_impact=2)
    with reading(app) as session:
        scores = session.scalars(select(RiskScore).order_by(RiskScore.id)).all()
    assert [(one.probability, one.impact, one.residual_impact) for one in scores] == [
        (2, 4, None), (5, 4, None), (5, 4, 2),
    ]  # fmt: skip
    page = browser_of(app, people["member"]).get(f"{LIST}/{number}")
    assert "High, 20" in page.text
    assert "Medium, 8" in page.text


def test_the_database_itself_refuses_a_score_that_is_not_the_product(app: Flask, people: dict[str, Person]) -> None:
    risk(app, people["member"])
    with reading(app) as session, pytest.raises(IntegrityError):
        session.execute(update(Risk).values(score=3))


def test_a_risk_is_closed_for_a_reason_and_opened_again(
    app: Flask, browser: Browser, people: dict[str, Person]
) -> None:
    risk(app, people["member"])
    page = browser.get(f"{LIST}/1").form("close").submit(reason=" ", status=422)
    assert "reason" in page.form("close").errors
    form = page.form("close").fill(reason="The contract is signed.")
    page = form.submit()
    assert "The contract is signed." in page.text
    form.values["idempotency_key"] = ["another"]
    assert "is closed" in form.submit(status=409).text
    page = page.form("Open again").submit()
    assert "Opened the risk" in page.text
    with reading(app) as session:
        assert [one.is_open for one in session.scalars(select(RiskScore).order_by(RiskScore.id))] == [True, False, True]


def test_a_closed_risk_is_changed_by_nobody(app: Flask, browser: Browser, people: dict[str, Person]) -> None:
    made = risk(app, people["member"])
    with working(app, people["member"].actor) as session:
        services.close_risk(session, session.get_one(Risk, made.id), reason="Over.", by=people["member"].actor, at=NOW)
    answer = browser.get(f"/projects/VEN/records/risk/{made.id}/edit", status=None)
    assert answer.status == 409
    assert "Open it again to change it" in answer.text


def test_the_map_of_an_earlier_day_shows_what_stood_there_then(app: Flask, people: dict[str, Person]) -> None:
    first, second = risk(app, people["member"]), risk(app, people["member"], title="Nobody comes", probability=5)
    rated(app, people["member"], first.number, 10, impact=5)
    with working(app) as session:
        found = session.get_one(Risk, second.id)
        by = people["member"].actor
        services.close_risk(session, found, reason="They came.", by=by, at=NOW + timedelta(days=20))
    seen = {}
    for day in (-1, 5, 15, 25):
        with reading(app) as session:
            rows = session.execute(ratings_at(project_id=1, at=NOW + timedelta(days=day))).all()
        seen[day] = {(row.number, row.probability, row.impact) for row in rows}
    assert seen == {-1: set(), 5: {(1, 2, 4), (2, 5, 4)}, 15: {(1, 2, 5), (2, 5, 4)}, 25: {(1, 2, 5)}}


def test_a_cell_of_the_map_opens_its_risks(app: Flask, browser: Browser, people: dict[str, Person]) -> None:
    for _ in range(2):
        risk(app, people["member"])
    risk(app, people["member"], title="Elsewhere", impact=1)
    page = browser.get(f"{LIST}/map")
    [link] = [one for one in page.all("a.risk-cell-count") if one.text_content().startswith("2")]
    page = browser.get(str(link.get("href")))
    assert len(page.rows()) == 2
    assert "Elsewhere" not in page.text
    assert browser.get(f"{LIST}/map?day=2026-03-05").heading == "Map of risks"
    wrong = browser.get(f"{LIST}/map?day=31/03/2026", status=422)
    assert ("“31/03/2026” is no day" in wrong.text, wrong.form("compare").value("day")) == (True, "31/03/2026")


def test_a_risk_that_something_brought_says_so(app: Flask, people: dict[str, Person]) -> None:
    cause = risk(app, people["member"])
    by = people["sponsor"].actor
    with working(app, by) as session:
        made = open_risk(
            session, Here(1), title="The waiver turns out badly", probability=3, impact=3, by=by, at=NOW,
            owner=people["sponsor"].id, exposure=Money(500, "USD"), came_from=RecordRef("risk", cause.id),
        )  # fmt: skip
        assert (made.number, made.category, made.owner_id) == (2, "other", people["sponsor"].id)
    with reading(app) as session:
        link = session.scalars(select(RecordLink)).one()
    assert (link.record, link.relation, link.other) == (
        RecordRef("risk", made.id),
        "came_from",
        RecordRef("risk", cause.id),
    )
    assert "The supplier leaves" in browser_of(app, people["viewer"]).get(f"{LIST}/2").text


@pytest.mark.parametrize(("score", "band"), [(1, "low"), (4, "low"), (5, "medium"), (12, "medium"), (15, "high")])
def test_bands_follow_the_field_notes(score: int, band: str) -> None:
    assert band_of(score) == band


def test_losses_to_expect_add_up_by_currency() -> None:
    assert expected_loss(1, 1001) == 100
    assert expected_loss(3, 1) == 1
    assert contingency([(5, 1000, "USD"), (1, 1000, "USD"), (2, 10, "EUR"), (2, None, None)]) == {"EUR": 3, "USD": 1000}


def test_an_empty_map_has_every_cell() -> None:
    drawn = drawn_map([])
    assert [cell.score for cell in drawn.rows[0]] == [5, 10, 15, 20, 25]
    assert drawn.total == 0


def test_many_risks_cost_as_many_statements_as_one(app: Flask, browser: Browser, people: dict[str, Person]) -> None:
    for address in (LIST, f"{LIST}/map?day=2026-03-05", f"{LIST}/1"):
        counts = []
        for more in (1, 5):
            for _ in range(more):
                risk(app, people["member"])
            browser.get(address)
            with counting() as statements:
                browser.get(address)
            counts.append(statements)
        assert len(counts[0]) == len(counts[1]), counts[1].beyond(counts[0])
