"""Sales among what waits and what happens: their next steps and close dates, and what is logged about them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask

from implementor.configuration.first_use import bring_in_shipped
from implementor.crm.interactions.models import Interaction
from tests.auth.builders import working
from tests.crm.builders import START, Company, company

TODAY = datetime.now(UTC).date()


def with_sale(app: Flask) -> tuple[Company, int, int]:
    """A company with a sale to an account that is to be closed in three days and has a next step today."""
    here = company(app)
    with working(app) as session:
        bring_in_shipped(session, at=START)
    account = here.add("account", name="Iberia Steel")
    later = TODAY + timedelta(days=3)
    steps: dict[str, Any] = {"next_step": "Call the buyer", "next_step_on": TODAY}
    return here, account, here.add("opportunity", name="Rebar", account=account, close_on=later, **steps)


def test_a_next_step_is_on_the_owners_day_and_the_close_date_in_the_calendar(app: Flask) -> None:
    here, _account, _sale = with_sale(app)
    browser = here.browser()
    today = browser.get("/crm/my-day").text
    assert "Call the buyer" in today
    assert "Call the buyer" not in here.browser("mate").get("/crm/my-day").text
    day = f"/crm/calendar?view=day&day={TODAY + timedelta(days=3)}"
    assert "Rebar" in browser.get(day).text
    assert "Rebar" in here.browser("mate").get(f"{day}&whose=team").text
    assert "Rebar" not in here.browser("elsewhere").get(f"{day}&whose=all").text


def test_what_is_logged_about_a_sale_is_the_accounts_and_names_the_sale_to_who_sees_it(app: Flask) -> None:
    here, account, sale = with_sale(app)
    page = here.browser().get(f"/crm/interactions/log/opportunity/{sale}?channel=visit")
    page.form("Log").submit(subject="Showed samples")
    logged = here.stored(Interaction, 1)
    assert (logged.account_id, logged.about_kind, logged.about_id) == (account, "opportunity", sale)
    assert "made a visit: Showed samples" in here.browser().get(f"/crm/opportunities/{sale}/history").text
    assert "Rebar" in here.browser().get("/crm/interactions/1").text
    other = here.browser("elsewhere")
    other.get(f"/crm/interactions/log/opportunity/{sale}", status=404)
    assert "Showed samples" in other.get(f"/crm/accounts/{account}/history").text
    assert "Rebar" not in other.get("/crm/interactions/1").text
