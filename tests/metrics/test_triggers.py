"""A metric watches over a risk: what crosses the value turns it into an obstacle by itself, once, and is told."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from implementor.governance.models import Obstacle, Risk
from implementor.governance.services.risks import close_risk, write_risk
from implementor.history.models import Action
from implementor.metrics import services
from implementor.metrics.models import Measurement, RiskTrigger
from implementor.metrics.trigger_models import is_past
from tests.auth.builders import reading, working
from tests.metrics.builders import Aim, aim
from tests.projects.builders import NOW

RISK = "/projects/VEN/risks/1"
WATCHING = "/projects/VEN/metrics/watching/1"


@pytest.fixture
def here(app: Flask) -> Aim:
    """A project with a metric and a risk that the member owns."""
    found = aim(app)
    found.metric()
    with working(app, found.by()) as session:
        values = {
            "title": "Sellers go back to their notebooks", "category": "people", "probability": 4, "impact": 5,
            "owner_id": found.people["member"].id, "response_plan": "Sit beside them",
        }  # fmt: skip
        write_risk(session, project_id=found.project_id, values=values, by=found.by(), at=NOW)
    return found


def watch(here: Aim, comparison: str = "above", value: str = "55") -> Any:
    return here.browser().get(RISK).follow("Let a metric watch over it").form("watch").submit(
        metric="1", comparison=comparison, value=value
    )  # fmt: skip


def obstacles(here: Aim) -> list[Obstacle]:
    with reading(here.app) as session:
        return list(session.scalars(select(Obstacle)))


def trigger(here: Aim) -> RiskTrigger:
    with reading(here.app) as session:
        return session.scalars(select(RiskTrigger)).one()


def correct(here: Aim, measurement_id: int, value: str | None) -> None:
    with working(here.app, here.by()) as session:
        metric, wrong = here.stored(1), session.get_one(Measurement, measurement_id)
        services.correct(
            session, session.merge(metric), wrong, reason="Typed wrong", value=Decimal(value) if value else None,
            on=date(2026, 2, 1), by=here.by(), at=NOW,
        )  # fmt: skip


@given(st.decimals(-1000, 1000, places=2), st.decimals(-1000, 1000, places=2))
def test_a_value_is_past_above_or_below_and_at_the_limit_both(limit: Decimal, value: Decimal) -> None:
    above, below = is_past("above", limit, value), is_past("below", limit, value)
    assert above or below
    assert (above and below) == (limit == value)
    assert not is_past("above", limit, None)


def test_what_crosses_it_makes_the_risk_an_obstacle_and_tells_owner_and_lead_once(here: Aim) -> None:
    assert "at or above 55 days" in watch(here).text
    here.measure(1, (date(2026, 2, 1), "54"))
    assert obstacles(here) == []
    here.measure(1, (date(2026, 2, 8), "55"))
    [obstacle] = obstacles(here)
    assert (obstacle.title, obstacle.severity) == ("Sellers go back to their notebooks", "critical")
    assert "Sit beside them" in obstacle.description
    with reading(here.app) as session:
        risk = session.get_one(Risk, 1)
        assert (risk.is_open, risk.closing_reason) == (False, "It became: Obstacle 1.")
    page = here.browser().get(RISK)
    assert "It was crossed: 55 days" in page.follow("Obstacle 1").text
    for who in ("lead", "member"):
        assert len(here.browser(who).get("/notices").rows()) == 1
    assert here.browser("sponsor").get("/notices").all("table tbody tr") == []
    here.measure(1, (date(2026, 2, 15), "60"))
    assert len(obstacles(here)) == 1


def test_below_is_crossed_the_other_way_round_and_an_older_day_turns_nothing(here: Aim) -> None:
    here.measure(1, (date(2026, 2, 8), "50"))
    watch(here, "below", "45")
    here.measure(1, (date(2026, 2, 1), "40"))
    assert obstacles(here) == []
    here.measure(1, (date(2026, 2, 15), "45"))
    assert len(obstacles(here)) == 1


@pytest.mark.parametrize(("value", "said"), [(None, "was withdrawn later"), ("48", "was corrected later: it is 48")])
def test_a_measurement_taken_back_leaves_the_obstacle_and_says_so(here: Aim, value: str | None, said: str) -> None:
    watch(here)
    here.measure(1, (date(2026, 2, 1), "70"))
    correct(here, 1, value)
    assert len(obstacles(here)) == 1
    for address in (RISK, "/projects/VEN/obstacles/1"):
        assert said in here.browser().get(address).text


def test_a_correction_crosses_it_too(here: Aim) -> None:
    watch(here)
    here.measure(1, (date(2026, 2, 1), "7"))
    correct(here, 1, "70")
    assert (len(obstacles(here)), trigger(here).measurement_id) == (1, 2)


def test_a_closed_risk_and_one_that_nothing_watches_over_stay_as_they_are(here: Aim) -> None:
    watch(here)
    here.browser().get(RISK).form("Let no metric watch over it").submit()
    here.measure(1, (date(2026, 2, 1), "70"))
    here.measure(1, (date(2026, 2, 2), "50"))
    watch(here)
    with working(here.app, here.by()) as session:
        close_risk(session, session.get_one(Risk, 1), reason="Trained", by=here.by(), at=NOW)
    here.measure(1, (date(2026, 2, 3), "70"))
    assert obstacles(here) == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"value": "x"}, "is not a number"), ({"value": ""}, "Give the value"), ({"metric": "9"}, "Choose a metric"),
        ({"comparison": "beside"}, "Choose one of the list"), ({"value": "51"}, "past this value already"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_and_nothing_typed_is_lost(here: Aim, typed: dict[str, str], said: str) -> None:
    here.measure(1, (date(2026, 2, 1), "52"))
    browser = here.browser()
    browser.get(WATCHING)
    page = browser.post(WATCHING, {"metric": "1", "comparison": "above", "value": "60", **typed}, status=422)
    assert said in page.text
    if "value" in typed:
        assert page.form("watch").value("value") == typed["value"]


def test_setting_it_is_undone_and_others_only_read_it(here: Aim) -> None:
    watch(here)
    viewer = here.browser("viewer")
    assert "at or above 55 days" in viewer.get(RISK).text
    viewer.post(WATCHING, {"metric": "1"}, status=403)
    with reading(here.app) as session:
        assert session.scalars(select(Action.verb).order_by(Action.id.desc()).limit(1)).one() == "risk.watch"
    here.undo()
    assert "No metric watches over this risk" in here.browser().get(RISK).text
    stranger = aim(here.app, "SER").browser()
    stranger.get(WATCHING, status=404)
    stranger.get("/projects/SER/metrics/watching/1", status=404)
