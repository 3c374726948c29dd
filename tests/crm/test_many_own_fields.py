"""Three hundred fields of one's own on one kind of record: its pages stay whole and ask as little as before."""

from flask import Flask

from implementor.configuration.first_use import speeches
from implementor.configuration.services.custom_fields import add_field
from implementor.configuration.services.field_wishes import FieldWish
from implementor.crm.accounts.models import Account
from tests.crm.builders import START, Company, company
from tests.machinery.pages import Browser
from tests.machinery.statements import counting

MANY = 300


def add_many(here: Company) -> list[str]:
    """So many fields of accounts; their keys."""
    with here.working("crm_admin") as session:
        return [
            add_field(
                session, "account", FieldWish("line", f"Field {place}", f"Campo {place}"), speeches=speeches(),
                by=here.by("crm_admin"), at=START,
            ).key
            for place in range(MANY)
        ]  # fmt: skip


def statements_of(browser: Browser, address: str) -> int:
    """What a page asks, once it was opened before."""
    browser.get(address)
    with counting() as found:
        browser.get(address)
    return len(found)


def test_three_hundred_fields_are_filled_in_shown_and_ask_no_more(app: Flask) -> None:
    here = company(app)
    bare = here.add("account", name="Bare")
    browser = here.browser()
    addresses = (f"/crm/accounts/{bare}", "/crm/accounts")
    before = [statements_of(browser, address) for address in addresses]
    keys = add_many(here)
    values = {key: f"Value {place}" for place, key in enumerate(keys)}
    form = browser.get("/records/account/new").form()
    form.values |= {name: [value] for name, value in {"name": "Full", **values}.items()}
    form.submit()
    with here.working() as session:
        full = session.query(Account).filter_by(name="Full").one()
        assert {key: getattr(full, key) for key in keys} == values
        made = full.id
    assert "Value 299" in browser.get(f"/crm/accounts/{made}").text
    assert [statements_of(browser, address) for address in addresses] == before
