"""Lists and record pages of every kind cost the same number of statements for one record and for forty."""

from typing import Any

import pytest
from flask import Flask

from implementor.crm.records.kinds import crm_kinds
from tests.crm.builders import Company, company
from tests.crm.opportunities.sales import sales
from tests.machinery.statements import counting

KINDS = ("account", "contact", "product")
ON_A_RECORD = 4
"""Statements of a record's page: the session, the record, everything around it together, and the frame."""
MOST = 8
"""Statements of a page that is drawn from sums."""


def values(kind: str, number: int, made: dict[str, int]) -> dict[str, Any]:
    """A record like others of its kind; all stand around the first account or product."""
    match kind:
        case "account":
            return {"name": f"Account {number:02}", "parent": made.get("account", "")}
        case "contact":
            return {"last_name": f"Contact {number:02}", "account": made["account"]}
    return {"code": f"P{number:02}", "name": f"Pump {number:02}", "parent": made.get("product", "")}


def cost(here: Company, address: str) -> int:
    """The statements of a page for somebody who has been there before."""
    browser = here.browser("crm_admin")
    browser.get(address)
    with counting() as statements:
        browser.get(address)
    return len([one for one in statements if one != "BEGIN"])


def first_ones(here: Company) -> dict[str, int]:
    """One record of each kind, in use by the others."""
    made: dict[str, int] = {}
    for kind in KINDS:
        made[kind] = here.add(kind, who="crm_admin", **values(kind, 0, made))
    here.add("relation", who="crm_admin", account=made["account"], product=made["product"])
    return made


@pytest.mark.parametrize("kind", KINDS)
def test_forty_records_cost_the_statements_of_one(app: Flask, kind: str) -> None:
    here = company(app)
    made = first_ones(here)
    plural = crm_kinds[kind].plural
    pages = (f"/crm/{plural}", f"/crm/{plural}/{made[kind]}", f"/crm/{plural}/{made[kind]}/around")
    here.add(kind, who="crm_admin", **values(kind, 1, made))
    before = [cost(here, page) for page in pages]
    for number in range(2, 40):
        here.add(kind, who="crm_admin", **values(kind, number, made))
    assert [cost(here, page) for page in pages] == before


@pytest.mark.parametrize("kind", KINDS)
def test_forty_parts_cost_the_statements_of_one(app: Flask, kind: str) -> None:
    here = company(app)
    made = first_ones(here)
    address = f"/crm/{crm_kinds[kind].plural}/{made[kind]}"
    before = cost(here, address)
    for number in range(39):
        match kind:
            case "contact":
                here.add(
                    "contact_phone", who="crm_admin", contact=made["contact"], number=f"+34 612 345 6{number:02}"
                )  # fmt: skip
            case _:
                here.add("relation", who="crm_admin", account=made["account"], product=made["product"])
    assert cost(here, address) == before
    assert before <= ON_A_RECORD


@pytest.mark.parametrize("page", ["board", "forecast"])
def test_pages_of_sums_stay_within_their_bar(app: Flask, page: str) -> None:
    here = sales(app)
    here.sale()
    assert cost(here, f"/crm/opportunities/{page}") <= MOST
