"""Requests of the weeks after going live are passed on together, told once, shown, and taken back as a whole."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from implementor.history.models import Action
from implementor.history.services import undo_action
from implementor.notifications.models import Notice
from implementor.stages.checks import GatePlace
from implementor.support.gate_checks import requests_passed_on
from implementor.support.models import SupportHandover, SupportRequest
from implementor.waves.models import Wave
from tests.audiences.builders import Affected, affected
from tests.auth.builders import reading

PAGE = "/projects/VEN/requests/hypercare"
NOW = datetime.now(UTC)


@pytest.fixture
def here(app: Flask) -> Affected:
    """Two waves live: two open requests of the first one's weeks and a settled one, one before, one of the second."""
    found = affected(app)
    for number, days in ((1, 20), (2, 5)):
        wave = found.wave(name=f"Wave {number}")
        live = {"stage": "adoption", "started_at": NOW - timedelta(days=30), "closed_at": NOW - timedelta(days=days)}
        with found.working() as session:
            session.execute(update(Wave).where(Wave.id == wave).values(live))
    asked = (("Before", 25, "open"), ("Mine", 10, "open"), ("Nobody's", 9, "open"), ("Settled", 8, "done"))
    for name, days, state in (*asked, ("Second", 2, "open")):
        made = found.write(SupportRequest, name=name, owner_id=found.people["change"].id if name == "Mine" else None)
        with found.working() as session:
            values = {"created_at": NOW - timedelta(days=days), "state": state}
            session.execute(update(SupportRequest).where(SupportRequest.id == made).values(values))
    return found


def owners(here: Affected) -> dict[str, int | None]:
    with reading(here.app) as session:
        return {one.name: one.owner_id for one in session.scalars(select(SupportRequest))}


def test_what_is_open_of_these_weeks_is_passed_on_at_once_and_comes_back_at_once(here: Affected) -> None:
    before, lead = owners(here), here.people["lead"].id
    page = here.browser().get(f"{PAGE}?wave=1")
    assert "Nothing is passed on yet" in page.text
    form = page.form("#passed_on form")
    page = form.submit(owner_id=str(lead), note="The desk\nfrom Monday")
    assert "2 requests are passed on." in page.text
    assert owners(here) == before | {"Mine": lead, "Nobody's": lead}
    shown = here.browser("lead").get(f"{PAGE}?wave=1").find("#passed_on li").text_content()
    assert "Lead Ven" in shown
    assert "2 requests were open" in shown
    assert "The desk" in shown
    assert "Nothing is passed on yet" in here.browser().get(f"{PAGE}?wave=2").text
    with reading(here.app) as session:
        told = session.scalars(select(Notice).where(Notice.user_id == lead)).all()
        assert [one.key for one in told if "passed-on" in one.key] == ["support.waits-passed-on-1"]
        action = session.scalars(select(Action).where(Action.verb == "support_handover.create")).one()
    with here.working(at=NOW + timedelta(minutes=5)) as session:
        report = undo_action(session, session.get_one(Action, action.id), by=here.by(), at=NOW + timedelta(minutes=5))
        assert report.kept == []
    assert owners(here) == before
    with reading(here.app) as session:
        assert session.scalars(select(SupportHandover)).one().archived_at is not None
    assert "Nothing is passed on yet" in here.browser().get(f"{PAGE}?wave=1").text


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"owner_id": ""}, "Say who takes up the requests."),
        ({"owner_id": "999"}, "Choose an owner who has a role in this project."),
        ({"handed_on": f"{NOW - timedelta(days=22):%Y-%m-%d}"}, "Choose a day from"),
        ({"handed_on": f"{NOW + timedelta(days=2):%Y-%m-%d}"}, "Choose a day from"),
        ({"handed_on": "soon"}, "Choose a day from"),
        ({"note": "x" * 2001}, "At most 2000 characters."),
    ],
)
def test_who_when_and_how_much_are_asked_before_anything_is_passed_on(
    here: Affected, values: dict[str, str], said: str
) -> None:
    before = owners(here)
    browser = here.browser()
    browser.get(f"{PAGE}?wave=1")
    day = f"{NOW - timedelta(days=6):%Y-%m-%d}"
    sent = {"owner_id": str(here.people["lead"].id), "handed_on": day, "note": "From Monday"} | values
    page = browser.post(f"{PAGE}/pass-on?wave=1", sent, status=422)
    assert said in page.text
    assert sent["note"] in page.find("#passed_on textarea").text_content()
    assert owners(here) == before


def test_only_who_takes_up_requests_passes_them_on_and_only_after_going_live(app: Flask) -> None:
    found = affected(app)
    browser = found.browser()
    browser.get(PAGE)
    browser.post(f"{PAGE}/pass-on", {"owner_id": "1"}, status=404)
    member = found.browser("member")
    member.get("/projects/VEN")
    member.post(f"{PAGE}/pass-on", {"owner_id": "1"}, status=403)


def test_a_gate_asks_whether_what_is_open_of_these_weeks_was_passed_on(here: Affected) -> None:
    def told(number: int, wave_id: int) -> tuple[int, int, bool]:
        place = GatePlace(here.project_id, "VEN", wave_id, number, on=NOW.date())
        with reading(here.app) as session:
            found = requests_passed_on(session, place, {})
        return int(found.value), int(found.target), found.passes(100)

    with reading(here.app) as session:
        first, second = session.scalars(select(Wave.id).order_by(Wave.number)).all()
    planned = here.wave(name="Wave 3")
    assert (told(1, first), told(2, second), told(3, planned)) == ((0, 2, False), (0, 1, False), (0, 0, False))
    form = here.browser().get(f"{PAGE}?wave=1").form("#passed_on form")
    form.submit(owner_id=str(here.people["lead"].id), note="")
    assert (told(1, first), told(2, second)) == ((2, 2, True), (0, 1, False))
    with here.working() as session:
        session.execute(update(SupportRequest).where(SupportRequest.name == "Second").values(state="done"))
    assert told(2, second) == (0, 0, True)
