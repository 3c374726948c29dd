"""Obstacles climb by a clock of kind and severity, are passed on with a reason, and are weighed by kind."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from implementor.calendars.working_days import WorkCalendar
from implementor.foundation.errors import Refusal
from implementor.governance.climbing import watch_obstacles
from implementor.governance.escalation import LADDERS, climbs_at, next_rung
from implementor.governance.models import Obstacle, ObstacleEscalation
from implementor.governance.pareto import shares_of
from implementor.governance.services import edit_obstacle, raise_obstacle, reopen_obstacle, resolve_obstacle
from implementor.governance.services.escalations import AtTheTop, climb
from implementor.history.models import Action
from implementor.history.services import undo_action
from implementor.notifications.models import Notice
from tests.auth.builders import Person, reading, working
from tests.governance.builders import people_of_governance
from tests.machinery.statements import counting
from tests.projects.builders import browser_of

SPAIN = WorkCalendar("ES")
MONDAY = datetime(2026, 10, 5, 9, 30, tzinfo=UTC)
PAGE = "/projects/VEN/obstacles/causes"


@pytest.fixture
def people(app: Flask) -> dict[str, Person]:
    """The people of VEN, a project in Spain."""
    return people_of_governance(app)


def raised(app: Flask, by: Person, kind: str = "process", severity: str = "high", at: datetime = MONDAY) -> int:
    """An obstacle raised by somebody; returns its id."""
    values = {"title": f"{kind} {severity}", "kind": kind, "severity": severity, "owner_id": by.id}
    with working(app, by.actor) as session:
        return raise_obstacle(session, project_id=1, values=values, by=by.actor, at=at).id


def state(app: Flask, obstacle_id: int) -> tuple[str, datetime | None]:
    """Whose matter it is, and until when."""
    with reading(app) as session:
        found = session.get_one(Obstacle, obstacle_id)
        return found.rung, found.escalates_at


def heard(app: Flask) -> list[int]:
    """Who was told, in order."""
    with reading(app) as session:
        return list(session.scalars(select(Notice.user_id).where(Notice.record_kind == "obstacle").order_by(Notice.id)))


@pytest.mark.parametrize(
    ("reached", "days", "over"),
    [
        (datetime(2026, 10, 7, 8, tzinfo=UTC), 2, datetime(2026, 10, 9, 8, tzinfo=UTC)),
        # over a weekend and the national holiday of Spain, Monday 12 October
        (datetime(2026, 10, 8, 8, tzinfo=UTC), 2, datetime(2026, 10, 13, 8, tzinfo=UTC)),
        (datetime(2026, 10, 10, 22, tzinfo=UTC), 1, datetime(2026, 10, 14, 22, tzinfo=UTC)),
    ],
)
def test_a_rung_has_its_working_days(reached: datetime, days: int, over: datetime) -> None:
    assert climbs_at(reached, days, SPAIN) == over


def test_who_owns_it_then_the_lead_then_the_committee(app: Flask, people: dict[str, Person]) -> None:
    held = raised(app, people["member"])
    assert state(app, held) == ("owner", MONDAY + timedelta(days=2))
    assert watch_obstacles(app, MONDAY + timedelta(days=1)) == 0
    late = MONDAY + timedelta(days=2)
    assert (watch_obstacles(app, late), watch_obstacles(app, late)) == (1, 0)
    assert state(app, held) == ("lead", MONDAY + timedelta(days=4))
    assert watch_obstacles(app, MONDAY + timedelta(days=4)) == 1
    assert state(app, held) == ("committee", None)
    assert watch_obstacles(app, MONDAY + timedelta(days=400)) == 0
    lead, sponsor, committee = (people[name].id for name in ("project_lead", "sponsor", "committee"))
    assert heard(app)[0] == lead
    assert sorted(heard(app)[1:]) == sorted([lead, sponsor, committee])


def test_policy_is_the_sponsors_at_once_and_the_committees_next(app: Flask, people: dict[str, Person]) -> None:
    held = raised(app, people["member"], "policy", "critical")
    assert state(app, held) == ("sponsor", MONDAY + timedelta(days=1))
    watch_obstacles(app, MONDAY + timedelta(days=1))
    assert state(app, held) == ("committee", None)


def test_its_clock_stops_begins_again_and_follows_kind_and_severity(app: Flask, people: dict[str, Person]) -> None:
    by, later = people["member"].actor, MONDAY + timedelta(days=1)
    held = raised(app, people["member"])
    with working(app, by) as session:
        found = session.get_one(Obstacle, held)
        edit_obstacle(session, found, {"severity": "critical"}, by=by, at=later)
        assert found.escalates_at == later
        edit_obstacle(session, found, {"kind": "policy"}, by=by, at=later)
        assert (found.rung, found.rung_at) == ("sponsor", later)
        resolve_obstacle(session, found, resolution="It was signed.", by=by, at=later)
    assert state(app, held) == ("sponsor", None)
    with working(app, by) as session:
        found = session.get_one(Obstacle, held)
        with pytest.raises(Refusal, match="resolved already"):
            climb(session, found, by=by, at=later, reason="Now")
        reopen_obstacle(session, found, by=by, at=later)
        assert found.escalates_at == later + timedelta(days=1)
        climb(session, found, by=by, at=later, reason="The contract ends today.")
        with pytest.raises(AtTheTop):
            climb(session, found, by=by, at=later, reason="More")


def test_somebody_passes_it_on_with_a_reason_and_the_page_tells_it(app: Flask, people: dict[str, Person]) -> None:
    held = raised(app, people["member"])
    page = browser_of(app, people["member"]).get(f"/projects/VEN/obstacles/{held}")
    refused = page.form("escalate").submit({"reason": " "}, status=422)
    assert "why it cannot wait" in refused.text
    done = refused.form("escalate").submit({"reason": "The supplier leaves on Friday."})
    assert "passed on to: Project lead" in done.text
    assert "The supplier leaves on Friday." in done.text
    assert heard(app) == [people["project_lead"].id]
    with reading(app) as session:
        assert session.scalars(select(ObstacleEscalation.by_id)).all() == [people["member"].id]


def test_the_lead_sets_clocks_and_what_is_open_is_counted_anew(app: Flask, people: dict[str, Person]) -> None:
    held, by = raised(app, people["member"]), people["project_lead"].actor
    refused = browser_of(app, people["project_lead"]).get(PAGE).form("clocks").submit({"process-high": "0"}, status=422)
    assert "Between 1 and 90 days" in refused.text
    done = refused.form("clocks").submit({"process-high": "3"})
    assert "counted anew" in done.text
    assert state(app, held) == ("owner", MONDAY + timedelta(days=3))
    assert browser_of(app, people["member"]).get(PAGE).all("input[inputmode=numeric]") == []
    with working(app, by) as session:
        undo_action(
            session, session.scalars(select(Action).order_by(Action.id.desc()).limit(1)).one(), by=by, at=MONDAY
        )
    assert state(app, held) == ("owner", MONDAY + timedelta(days=2))


def test_causes_are_weighed_by_how_many_how_long_and_hours(app: Flask, people: dict[str, Person]) -> None:
    by = people["member"].actor
    for kind, hours in (("process", 5), ("process", None), ("people", 15)):
        with working(app, by) as session:
            values = {"title": kind, "kind": kind, "severity": "low", "hours_lost": hours}
            raise_obstacle(session, project_id=1, values=values, by=by, at=MONDAY)
    browser = browser_of(app, people["viewer"])
    shown = [browser.get(f"{PAGE}?by={weight}").rows() for weight in ("count", "hours")]
    assert [[*row.values()][:2] for row in shown[0]] == [["Process", "2"], ["People", "1"]]
    assert [[*row.values()][:2] for row in shown[1]] == [["People", "15"], ["Process", "5"]]
    with counting() as one:
        browser.get(PAGE)
    for _ in range(10):
        raised(app, people["member"])
    with counting() as many:
        browser.get(PAGE)
    assert len(many) == len(one), many.beyond(one)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), st.integers(0, 1000).map(Decimal)))
def test_shares_add_up_and_fall(amounts: dict[str, Decimal]) -> None:
    found = shares_of(amounts)
    assert [one.amount for one in found] == sorted((one.amount for one in found), reverse=True)
    if found:
        assert found[-1].together == 1


def test_every_ladder_ends_before_the_committee() -> None:
    for kind, ladder in LADDERS.items():
        climbed = [ladder[0]]
        while following := next_rung(kind, climbed[-1]):
            climbed.append(following)
        assert tuple(climbed) == ladder
        assert climbed[-1] == "committee"


def test_hours_lost_are_never_less_than_none(app: Flask, people: dict[str, Person]) -> None:
    form = browser_of(app, people["member"]).get("/projects/VEN/records/obstacle/new").form("main form")
    values = {"title": "Slow", "kind": "people", "severity": "low", "hours_lost": "-2"}
    assert form.submit(values, status=422).form("main form").value("hours_lost") == "-2"
