"""Who answers for a case hears once that a promise is nearly due and that it was broken, as they chose."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select, update

from implementor.auth.models import Team, User
from implementor.calendars.services.clocks import notice_near, notice_overdue
from implementor.crm.cases.models import Case
from implementor.foundation.permissions import SYSTEM
from implementor.history.services import noting
from implementor.lists.services import bring_back, put_away
from implementor.lists.sheets import sheet_of
from implementor.notifications.delivery import deliver_due
from implementor.notifications.models import Notice, OutboxMessage
from implementor.notifications.news import heard_by
from implementor.notifications.notices import choose_ways
from implementor.web.database import writing_session
from tests.auth.builders import reading
from tests.crm.cases.desk import MONDAY, Desk, desk, local

NEAR, LATE = local(2026, 3, 2, 10, 50), local(2026, 3, 2, 11, 5)


def watch(here: Desk, at: datetime) -> None:
    """What the worker does every so often, at this moment."""
    with writing_session(here.app) as session:
        with noting(session, by=SYSTEM, at=at, source="job"):
            notice_overdue(session, at=at, limit=50)
            notice_near(session, at=at, limit=50)
        session.commit()


def led_by(here: Desk, who: str) -> None:
    """Let somebody answer for the team of the seller."""
    with here.working("crm_admin") as session:
        session.execute(update(Team).where(Team.name == "North").values(manager_id=here.people[who].id))


def told(here: Desk) -> list[tuple[str, str]]:
    """(who, kind of news) in the order in which they were told."""
    names = {person.id: who for who, person in here.people.items()}
    with reading(here.app) as session:
        return [(names[one.user_id], one.kind) for one in session.scalars(select(Notice).order_by(Notice.id))]


def mailed(here: Desk) -> list[str]:
    with reading(here.app) as session:
        return list(session.scalars(select(OutboxMessage.to_address).order_by(OutboxMessage.id)))


def choose(here: Desk, who: str, **ways: tuple[bool, bool]) -> None:
    with here.working("crm_admin") as session:
        wanted = {f"case.{name}": way for name, way in ways.items()}
        choose_ways(session, here.people[who].id, heard_by(here.by(who)), wanted)


def test_owner_and_manager_hear_once_of_each(app: Flask) -> None:
    here = desk(app)
    led_by(here, "manager")
    here.open()
    for at in (NEAR, NEAR, LATE, LATE):
        watch(here, at)
    assert told(here) == [
        ("seller", "case.near"), ("manager", "case.near"), ("seller", "case.late"), ("manager", "case.late"),
    ]  # fmt: skip
    assert mailed(here) == ["seller@vega.example", "manager@vega.example"]


def test_who_chose_otherwise_hears_otherwise(app: Flask) -> None:
    here = desk(app)
    here.open()
    choose(here, "seller", near=(False, True), late=(False, False))
    watch(here, NEAR)
    watch(here, LATE)
    assert (told(here), mailed(here)) == ([], ["seller@vega.example"])


def test_nobody_hears_of_a_case_out_of_their_sight(app: Flask) -> None:
    here = desk(app)
    for who in ("stranger", "elsewhere"):
        led_by(here, who)
        case_id = here.open()
        with here.working("crm_admin") as session:
            session.get_one(Case, case_id).owner_id = here.people["crm_admin"].id
        watch(here, NEAR)
    assert {who for who, _kind in told(here)} == {"crm_admin"}


def test_who_breaks_a_promise_knows_and_old_breaches_are_no_news(app: Flask) -> None:
    here = desk(app)
    led_by(here, "manager")
    case_id = here.open()
    here.change("case", case_id, at=LATE, status="resolved", resolution="Done")
    assert told(here) == [("manager", "case.late")]
    here.open()
    watch(here, LATE + timedelta(days=9))
    assert len(told(here)) == 1


def test_a_worker_that_was_away_sends_no_flood_of_mails(app: Flask) -> None:
    here = desk(app)
    here.open()
    watch(here, LATE + timedelta(days=2))
    assert (len(told(here)), mailed(here)) == (2, [])


def archive(here: Desk, case_id: int, at: datetime, *, back: bool = False) -> None:
    with here.working(at=at) as session:
        case = session.get_one(Case, case_id)
        if back:
            bring_back(session, sheet_of("case"), case, by=SYSTEM, at=at)
        else:
            put_away(session, sheet_of("case"), case, by=here.by(), at=at)


def test_what_is_put_away_breaks_no_promise_and_goes_on_with_what_was_left(app: Flask) -> None:
    here = desk(app)
    case_id = here.open()
    archive(here, case_id, MONDAY + timedelta(minutes=20))
    assert here.case(case_id).due_at is None
    watch(here, LATE + timedelta(days=1))
    assert told(here) == []
    archive(here, case_id, local(2026, 3, 4, 9), back=True)
    assert here.case(case_id).due_at == local(2026, 3, 4, 9, 40)


def test_what_waited_when_it_was_put_away_still_waits(app: Flask) -> None:
    here = desk(app)
    case_id = here.open()
    here.change("case", case_id, at=MONDAY + timedelta(minutes=10), status="waiting_customer")
    archive(here, case_id, MONDAY + timedelta(minutes=20))
    archive(here, case_id, MONDAY + timedelta(minutes=30), back=True)
    assert here.case(case_id).due_at is None
    assert {clock.state for clock in here.clocks(case_id).values()} == {"paused"}


def test_taking_back_the_opening_lets_the_clocks_rest_too(app: Flask) -> None:
    here = desk(app)
    case_id = here.open()
    here.undo()
    assert here.case(case_id).is_archived
    assert {clock.state for clock in here.clocks(case_id).values()} == {"paused"}


def test_the_mail_arrives_in_the_readers_language_and_leads_to_the_case(
    make_app: Callable[..., Flask], smtp: Any
) -> None:
    app = make_app(smtp_url=smtp.url, base_url="http://localhost")
    here = desk(app)
    with here.working("crm_admin") as session:
        user = session.get_one(User, here.people["seller"].id)
        user.language, user.time_zone = "es", "Europe/Madrid"
    case_id = here.open(subject="=Fuga & más")
    watch(here, LATE)
    assert deliver_due(app) == 1
    (mail,) = smtp.messages
    text = mail.get_content()
    assert "C-" in mail["Subject"]
    assert "fuera de plazo" in mail["Subject"]
    assert "=Fuga & más" in text
    assert "11:00" in text
    assert f"http://localhost/crm/cases/{case_id}" in text
