"""My day, the calendar and the report of activity on their pages: what is mine, what is due, and figures that open."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask

from tests.crm.builders import Company, company
from tests.crm.own_fields import LOW_HIGH, add_own_field, withdraw
from tests.machinery.statements import counting

NOW = datetime.now(UTC)
TODAY = NOW.date()


def follow(here: Company, account: int, what: str, days: int, **values: Any) -> int:
    """A call just now that is to be followed up so many days from today."""
    given = {"channel": "phone", "direction": "out", "subject": f"Call: {what}", "account": account}
    due = {"follow_up": what, "follow_up_on": TODAY + timedelta(days=days)}
    return here.add("interaction", at=NOW, **{**given, **due, **values})


def waiting(here: Company, count: int = 1) -> int:
    """An account with things that wait for the seller today; returns its id."""
    account = here.add("account", name="Iberia Steel")
    for number in range(count):
        follow(here, account, f"Send {number}", 0)
        here.add("commitment", promise=f"Deliver {number}", due_on=TODAY - timedelta(days=1), account=account)
        here.add("appointment", title=f"Tour {number}", starts_at=NOW, account=account, kind="visit", place="Vigo")
    return account


def test_my_day_shows_what_waits_for_me_and_nothing_else(app: Flask) -> None:
    here = company(app)
    account = waiting(here)
    follow(here, account, "Not yet", 3)
    follow(here, account, "For the mate", 0, follow_up_owner=here.people["mate"].id)
    text = here.browser().get("/crm/my-day").text
    assert all(word in text for word in ("Send 0", "Deliver 0", "Tour 0", "Overdue"))
    assert "Not yet" not in text
    assert "For the mate" not in text
    assert "For the mate" in here.browser("mate").get("/crm/my-day").text
    here.browser("stranger").get("/crm/my-day", status=403)


def test_what_is_done_leaves_my_day(app: Flask) -> None:
    here = company(app)
    waiting(here)
    browser = here.browser()
    after = browser.get("/crm/my-day").form("Done").submit()
    assert after.heading == "My day"
    assert "Send 0" not in browser.get("/crm/my-day").text


def test_who_comes_to_an_appointment_has_it_on_their_day(app: Flask) -> None:
    here = company(app)
    account = here.add("account", name="Iberia Steel")
    made = here.add("appointment", title="Tour", starts_at=NOW, account=account)
    assert "Tour" not in here.browser("elsewhere").get("/crm/my-day").text
    here.add("attendee", appointment=made, person=here.people["elsewhere"].id)
    assert "Tour" in here.browser("elsewhere").get("/crm/my-day").text


def test_the_calendar_shows_days_weeks_and_months_of_people(app: Flask) -> None:
    here = company(app)
    account = waiting(here)
    follow(here, account, "In three months", 90)
    browser = here.browser()
    assert "Tour 0" in browser.get("/crm/calendar?view=day").text
    assert "Send 0" in browser.get("/crm/calendar").text
    later = browser.get(f"/crm/calendar?view=month&day={TODAY + timedelta(days=90)}").text
    assert "In three months" in later
    assert "Tour 0" not in later
    assert "Tour 0" in here.browser("mate").get("/crm/calendar?view=day&whose=team").text
    assert "Tour 0" not in here.browser("elsewhere").get("/crm/calendar?view=day&whose=team").text
    assert "Tour 0" in here.browser("elsewhere").get("/crm/calendar?view=day&whose=all").text


def test_a_visit_plan_is_the_visits_of_a_day(app: Flask) -> None:
    here = company(app)
    account = waiting(here)
    here.add("appointment", title="Telephone conference", starts_at=NOW, account=account, kind="call")
    text = here.browser().get("/crm/calendar?view=day&what=visits").text
    assert "Tour 0" in text
    assert "Vigo" in text
    assert "Telephone conference" not in text
    assert "Send 0" not in text


def test_days_that_no_calendar_has_show_today(app: Flask) -> None:
    browser = company(app).browser()
    for on in ("2026-02-30", "0001-01-01", "9999-12-31", "soon"):
        browser.get(f"/crm/calendar?day={on}&view=month&whose=nobody")
        browser.get(f"/crm/activity?from={on}&until={on}&by=colour")


def test_every_figure_of_the_report_opens_its_records(app: Flask) -> None:
    here = company(app)
    account = here.add("account", name="Iberia Steel")
    for who, channel in (("seller", "phone"), ("seller", "email"), ("mate", "phone")):
        given = {"channel": channel, "direction": "out", "subject": f"{who} {channel}", "account": account}
        here.add("interaction", who, at=NOW, **given)
    browser = here.browser()
    page = browser.get("/crm/activity")
    row = next(row for row in page.rows() if row["Person"] == "Seller Vega")
    assert (row["Telephone"], row["E-mail"], row["Together"]) == ("1", "1", "2")
    url = next(link.get("href") for link in page.all("tbody a") if "channel=phone" in link.get("href"))
    assert len(browser.get(url).rows("#rows")) == 1
    teams = browser.get("/crm/activity?by=team").rows()
    assert [(row["Team"], row["Together"]) for row in teams] == [("North", "3"), ("South", "0"), ("Everything", "3")]
    assert sum(int(row["Together"]) for row in browser.get("/crm/activity?by=week").rows()[:-1]) == 3


def test_the_report_is_parted_by_a_field_of_ones_own(app: Flask) -> None:
    here = company(app)
    account = here.add("account", name="Iberia Steel")
    one, several = (
        add_own_field(here, "interaction", kind, f"Own {kind}", words=LOW_HIGH) for kind in ("choice", "choices")
    )
    for word in ("high", "high", None):
        values: dict[str, Any] = {one: word, several: ["low", "high"]} if word else {}
        given: dict[str, Any] = {"channel": "phone", "direction": "out", "subject": f"Call {word}", "account": account}
        here.add("interaction", at=NOW, **given, **values)
    browser = here.browser()
    page = browser.get(f"/crm/activity?by={one}")
    assert [(row["Own choice"], row["Together"]) for row in page.rows()] == [
        ("High", "2"), ("None", "1"), ("Everything", "3"),
    ]  # fmt: skip
    for link, count in zip(page.all("tbody tr td:last-child a"), (2, 1, 3), strict=True):
        assert len(browser.get(link.get("href")).rows("#rows")) == count
    words = browser.get(f"/crm/activity?by={several}").rows()
    assert {row["Own choices"]: row["Together"] for row in words} == {
        "High": "2", "Low": "2", "None": "1", "Everything": "3",
    }  # fmt: skip
    withdraw(here, one)
    assert "Person" in browser.get(f"/crm/activity?by={one}").rows()[0]


def test_pages_cost_the_same_statements_for_one_row_and_many(app: Flask) -> None:
    here = company(app)
    waiting(here)
    browser = here.browser()
    pages = ("/crm/my-day", "/crm/calendar?view=month", "/crm/activity", "/crm/activity?by=team")
    counts = []
    for _more in (0, 1):
        with counting() as seen:
            for page in pages:
                browser.get(page)
        counts.append(len(seen))
        waiting(here, 4)
    assert counts[0] == counts[1]
