"""Rules for what must be filled in: told, asked of new records, asked of every change; wherever a record is saved."""

from typing import Any

import pytest
from flask import Flask

from implementor.configuration import queries
from implementor.configuration.services import access, needs
from implementor.crm.accounts.models import Account
from implementor.crm.opportunities.models import Opportunity
from implementor.foundation.conditions import Comparison, Condition
from implementor.foundation.errors import InvalidInput
from implementor.foundation.permissions import Role
from implementor.lists.bulk import change_selection
from implementor.lists.sheets import sheet_of
from tests.crm.builders import START, Company, company
from tests.crm.shapes.builders import need, shape, shaping, where

CUSTOMER = where("kind", Comparison.ONE_OF, "customer")


@pytest.fixture
def here(app: Flask) -> Company:
    return company(app)


def refused(here: Company, kind: str, **values: Any) -> dict[str, str]:
    """What is said of the fields of a new record that is refused."""
    with pytest.raises(InvalidInput) as said:
        here.add(kind, **values)
    return {name: str(reason) for name, reason in said.value.errors.items()}


def test_a_rule_stops_new_records_or_every_change_and_names_itself(here: Company) -> None:
    old = here.add("account", name="Norte")
    need(here, "account", "industry", strength="create")
    assert refused(here, "account", name="Sur") == {"industry": "Industry is needed: For industry."}
    here.change("account", old, name="Norte 2")
    need(here, "account", "website", strength="edit")
    with pytest.raises(InvalidInput) as said:
        here.change("account", old, name="Norte 3")
    assert set(said.value.errors) == {"website"}
    here.change("account", old, website="https://norte.example")
    assert here.stored(Account, old).website


def test_a_rule_holds_only_where_its_conditions_do(here: Company) -> None:
    need(here, "opportunity", "next_step", where("amount", Comparison.AT_LEAST, "100000 EUR"), strength="create")
    here.add("opportunity", name="Small", amount="500 EUR")
    here.add("opportunity", name="Elsewhere", amount="5000 USD")
    assert set(refused(here, "opportunity", name="Large", amount="1000 EUR")) == {"next_step"}
    made = here.add("opportunity", name="Large", amount="1000 EUR", next_step="Call")
    assert here.stored(Opportunity, made).next_step == "Call"


def test_a_contact_is_asked_when_its_address_is_known(here: Company) -> None:
    need(here, "contact", "email", strength="edit")
    assert set(refused(here, "contact", last_name="Vega")) == {"email"}
    made = here.add("contact", last_name="Vega", email="ana@vega.example")
    here.change("contact", made, first_name="Ana")


def test_nobody_is_stopped_by_what_is_shut_to_them(here: Company) -> None:
    need(here, "account", "industry", strength="edit")
    shape(here, access.set_fields, "account", {(Role.CRM_USER, "industry"): "see"})
    here.add("account", name="Sur")
    with pytest.raises(InvalidInput):
        here.add("account", who="crm_admin", name="Norte")


def test_what_is_only_told_is_told_after_saving_and_found_by_the_rule(here: Company) -> None:
    rule = need(here, "account", "industry", strength="warn")
    page = here.browser().get("/records/account/new").form().submit(name="Norte")
    assert "Industry is needed: For industry." in page.text
    listed = here.browser().get(f"/crm/accounts?lacks={rule}")
    assert "Norte" in listed.text
    here.add("account", name="Sur", industry=None, website="https://sur.example")
    shape(here, lambda session, **by_at: needs.NEEDS.withdraw(session, needs.NEEDS.of(session, "account")[0], **by_at))
    assert "Norte" not in here.browser().get(f"/crm/accounts?lacks={rule}").text


def test_bulk_changes_leave_out_what_a_rule_stops(here: Company) -> None:
    ids = [here.add("account", name=name) for name in ("Norte", "Sur")]
    here.change("account", ids[0], industry="retail")
    need(here, "account", "industry", strength="edit")
    with here.working() as session:
        *_, report = change_selection(
            session, sheet_of("account"), ids, {"owner": here.people["mate"].id}, by=here.by(), at=START
        )
    assert (report.changed, report.refused) == (1, 1)
    assert "For industry" in str(report.reasons[0][1])


@pytest.mark.parametrize(
    ("field", "conditions", "error"),
    [
        ("name", (), "field"),
        ("nothing", (), "field"),
        ("industry", (Condition("nothing", Comparison.IS_SET),), "conditions"),
        ("industry", (Condition("name", Comparison.AT_LEAST, ("7",)),), "conditions"),
        ("industry", (Condition("industry", Comparison.IS_SET),), "conditions"),
        ("industry", (Condition("name", Comparison.EQUALS, ()),), "conditions"),
    ],
)
@pytest.mark.sqlite_only(reason="a rule of the service, without SQL")
def test_rules_that_cannot_be_are_refused(
    here: Company, field: str, conditions: tuple[Condition, ...], error: str
) -> None:
    with pytest.raises(InvalidInput) as said:
        need(here, "account", field, *conditions)
    assert error in said.value.errors


def test_a_withdrawn_rule_asks_nothing_until_it_is_restored(here: Company) -> None:
    need(here, "account", "industry", strength="create")
    with shaping(here) as (session, by_at):
        needs.NEEDS.withdraw(session, needs.NEEDS.of(session, "account")[0], **by_at)
    here.add("account", name="Norte")
    with shaping(here) as (session, by_at):
        rule = session.scalars(queries.required_rules("account", archived=True)).one()
        needs.NEEDS.restore(session, rule, **by_at)
    assert set(refused(here, "account", name="Sur")) == {"industry"}
