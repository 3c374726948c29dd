"""How much open time is left until the limit of a case, as its list says it."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from implementor.calendars.models import SlaClock
from implementor.calendars.opening_hours import OpeningHours
from implementor.crm.cases.models import Case
from implementor.crm.cases.time_left import time_left
from tests.crm.cases.desk import Desk, desk
from tests.machinery.statements import counting

OFFICE = OpeningHours("Europe/Madrid", (((540, 1080),),) * 5 + ((),) * 2)
FRIDAY = datetime(2026, 3, 6, 16, 0, tzinfo=UTC)  # 17:00 in Madrid
LIST = "/crm/cases?columns=number,time_left&sort=time_left"


@pytest.mark.parametrize(
    ("later", "words"),
    [
        (timedelta(minutes=45), "45 min left"),
        (timedelta(days=3, minutes=-60), "8 h left"),
        (timedelta(days=3, minutes=20), "9 h 20 min left"),
        (timedelta(days=5), "3 open days left"),
        (timedelta(days=-1), "over by 9 h"),
        (timedelta(days=-7), "over by 5 open days"),
        (timedelta(0), "0 min left"),
    ],
)
def test_open_time_counts_and_weekends_do_not(later: timedelta, words: str) -> None:
    assert str(time_left(FRIDAY + later, OFFICE, FRIDAY)) == words


def test_hours_that_are_never_open_leave_nothing(app: Flask) -> None:
    never = OpeningHours("UTC", ((),) * 7)
    assert str(time_left(FRIDAY + timedelta(days=2), never, FRIDAY)) == "0 min left"


def due(here: Desk, case_id: int, at: datetime) -> None:
    """Let the answer to a case be promised for a moment near the present one."""
    with here.working("crm_admin") as session:
        first = SlaClock.record_id == case_id, SlaClock.name == "first_response"
        session.execute(update(SlaClock).where(*first).values(due_at=at))
        session.execute(update(Case).where(Case.id == case_id).values(due_at=at))


def test_the_list_says_it_in_the_order_of_the_limits(app: Flask) -> None:
    here, now = desk(app), datetime.now(UTC)
    late, soon = here.open(), here.open()
    here.change("case", here.open(), status="waiting_customer")
    due(here, late, now - timedelta(days=30))
    due(here, soon, now + timedelta(days=30))
    rows = here.browser().get(LIST).rows("#rows")
    said = {row["Number"]: row["Time left"] for row in rows}
    assert said["C-1001"].startswith("over by ")
    assert said["C-1002"].endswith(" open days left")
    assert said["C-1003"] == "–"
    assert [row["Number"] for row in rows if row["Time left"] != "–"] == ["C-1001", "C-1002"]


def test_one_case_and_many_cost_the_same_statements(app: Flask) -> None:
    here, counts = desk(app), []
    browser = here.browser()
    for more in (1, 15):
        for _each in range(more):
            here.open()
        browser.get(LIST)
        with counting() as seen:
            browser.get(LIST)
        counts.append(len(seen))
    assert counts[0] == counts[1]
