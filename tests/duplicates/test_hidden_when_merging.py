"""Whoever merges without seeing a field is told nothing of it, chooses nothing in it, and loses nothing of it."""

from flask import Flask

from implementor.configuration.services.access import FieldAccess, set_fields
from implementor.crm.accounts.models import Account
from implementor.crm.leads.models import Lead
from implementor.foundation.permissions import SYSTEM, Role
from tests.auth.builders import working
from tests.crm.builders import START, Company, company
from tests.duplicates.builders import merge_of, pair_id_of

SECRETS = ("zqone.example", "zqother.example", "54321")


def shut(here: Company, kind: str, choice: FieldAccess, *names: str) -> None:
    with working(here.app) as session:
        set_fields(session, kind, {(Role.CRM_MANAGER, name): choice for name in names}, by=SYSTEM, at=START)


def two(here: Company) -> tuple[int, int]:
    one = here.add("account", name="Alfa SL", tax_id="ESB00054321", website="https://zqone.example")
    other = here.add(
        "account", name="Alfa S.A.", tax_id="ESB00054321", website="https://zqother.example", revenue="54321 USD"
    )
    return one, other


def test_the_comparison_shows_neither_the_values_nor_their_likeness(app: Flask) -> None:
    here = company(app)
    one, other = two(here)
    pair = pair_id_of(here, one, other)
    shut(here, "account", "hide", "website", "revenue", "tax_id")
    manager, seller = here.browser("manager"), here.browser()
    for place in (f"/crm/duplicates/{pair}", "/crm/duplicates?kind=account", f"/crm/accounts/{one}"):
        page = manager.get(place)
        assert not any(secret in page.html for secret in SECRETS), place
        assert "Tax number" not in page.text, place
    assert "Tax number" in seller.get(f"/crm/duplicates/{pair}").text


def test_what_is_hidden_is_carried_over_where_it_is_blank_and_never_chosen(app: Flask) -> None:
    here = company(app)
    one, other = two(here)
    shut(here, "account", "hide", "website", "revenue")
    merge_of(here, one, other, "manager", website=other)
    kept = here.stored(Account, one)
    assert (kept.website, kept.revenue_amount, kept.currency) == ("https://zqone.example", 5432100, "USD")


def test_a_wish_for_no_calls_survives_a_merge_by_who_does_not_see_it(app: Flask) -> None:
    here = company(app)
    one = here.add("lead", first_name="Eva", last_name="Mora", phone="600 111 222")
    other = here.add("lead", first_name="Eva", last_name="Mora", phone="600 111 222", do_not_call=True)
    shut(here, "lead", "hide", "do_not_call")
    merge_of(here, one, other, "manager", kind="lead")
    assert here.stored(Lead, one).do_not_call


def test_the_history_of_a_merge_names_no_hidden_field(app: Flask) -> None:
    here = company(app)
    one, other = two(here)
    shut(here, "account", "hide", "revenue")
    merge = merge_of(here, one, other, "manager")
    manager = here.browser("manager")
    for place in (f"/crm/duplicates/merges/{merge.id}", f"/crm/accounts/{one}"):
        page = manager.get(place)
        assert "Turnover" not in page.text, place
        assert "54321" not in page.html.replace("ESB00054321", ""), place
    here.change("account", one, "crm_admin", revenue="9 EUR")
    assert "Turnover" not in manager.get(f"/crm/duplicates/merges/{merge.id}").text
