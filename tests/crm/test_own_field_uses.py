"""Fields of one's own on the shared pages: forms, lists, saved views, bulk changes, conflicts, search, merging."""

from typing import Any

import pytest
from flask import Flask

from implementor.configuration.services.access import set_fields
from implementor.crm.accounts.models import Account
from implementor.crm.contacts.models import Contact
from implementor.crm.opportunities.models import Opportunity
from implementor.foundation.permissions import Role
from tests.crm.builders import START, Company, company
from tests.crm.leads.funnels import funnel
from tests.crm.own_fields import LOW_HIGH, add_own_field, held, one_of_each, restore, withdraw
from tests.crm.test_own_field_indexes import work_off
from tests.duplicates.builders import merge_of

ALL_NEW: dict[str, Any] = {"account": "new", "contact": "new", "opportunity": "new"}
TYPED = {
    "line": "zinc", "text": "One\nand two",
    "whole": "1,040", "decimal": "10.25", "percent": "12.5", "money": "12.50 EUR",
    "date": "2026-03-31", "moment": "2026-03-31T09:30", "choice": "high", "url": "https://a.example",
}  # fmt: skip


@pytest.fixture
def here(app: Flask) -> Company:
    return company(app)


def test_forms_ask_for_them_and_show_what_was_saved(here: Company) -> None:
    keys = one_of_each(here)
    browser = here.browser()
    typed = {keys[kind]: text for kind, text in TYPED.items()}
    browser.get("/records/account/new").form().submit({"name": "Acme", **typed})
    form = browser.get("/records/account/1/edit").form()
    same = set(typed) - {keys["whole"]}
    assert {key: form.value(key) for key in same} == {key: typed[key] for key in same}
    assert held(here, Account, 1, keys["whole"]) == 1040
    page = form.submit({keys["whole"]: "many", "name": "Acme 2"}, status=422)
    assert "Own whole" in page.form().errors[keys["whole"]]
    form.submit({keys["whole"]: "", keys["choice"]: ""})
    assert (held(here, Account, 1, keys["whole"]), held(here, Account, 1, keys["choice"])) == (None, None)


def test_lists_show_filter_and_sort_by_them_and_views_keep_it(here: Company) -> None:
    level = add_own_field(here, "account", "choice", "Level", words=LOW_HIGH)
    for name, value in (("A", "high"), ("B", "low"), ("C", None)):
        given: dict[str, Any] = {} if value is None else {level: value}
        here.add("account", name=name, **given)
    browser = here.browser()
    address = f"/crm/accounts?columns=name,{level}&{level}=high,low&sort=-name"
    page = browser.get(address)
    assert [row["Level"] for row in page.rows()] == ["Low", "High"]
    assert "Level: " in browser.get(f"/crm/accounts?columns=name,{level}&group={level}").text


def test_a_bulk_change_gives_it_to_many_with_one_undo(here: Company) -> None:
    level = add_own_field(here, "account", "choice", "Level", words=LOW_HIGH)
    ids = [here.add("account", name=name) for name in "AB"]
    browser = here.browser()
    browser.get("/crm/accounts")
    browser.post(
        "/lists/account/bulk", {"ids": [str(one) for one in ids], "change": level, level: "high", "step": "apply"}
    )
    assert [held(here, Account, one, level) for one in ids] == ["high", "high"]


def test_who_may_not_see_it_meets_it_nowhere_and_who_reads_does_not_write(here: Company) -> None:
    secret, fixed = add_own_field(here, "account", "line", "Secret"), add_own_field(here, "account", "line", "Fixed")
    values: dict[str, Any] = {secret: "xyzzy", fixed: "stays"}
    made = here.add("account", name="Acme", **values)
    with here.working("crm_admin") as session:
        choices: Any = {(Role.CRM_USER, secret): "hide", (Role.CRM_USER, fixed): "see"}
        set_fields(session, "account", choices, by=here.by("crm_admin"), at=START)
    browser = here.browser()
    page = browser.get(f"/crm/accounts/{made}")
    assert "xyzzy" not in page.html
    assert "stays" in page.text
    form = browser.get(f"/records/account/{made}/edit")
    assert not {secret, fixed} & {str(one.get("name")) for one in form.all("main form [name]")}
    assert "xyzzy" not in browser.get(f"/crm/accounts?columns=name,{secret}&{secret}=xyzzy").html.split("<tbody")[1]


def test_two_who_change_one_field_decide_and_two_who_change_two_do_not(here: Company) -> None:
    grade, visits = add_own_field(here, "account", "line", "Grade"), add_own_field(here, "account", "whole", "Visits")
    values: dict[str, Any] = {grade: "A", visits: 1}
    made = here.add("account", name="Acme", **values)
    mine, theirs = here.browser(), here.browser("mate")
    first, second = (one.get(f"/records/account/{made}/edit").form() for one in (mine, theirs))
    first.submit({grade: "B"})
    second.submit({visits: "2"})
    assert (held(here, Account, made, grade), held(here, Account, made, visits)) == ("B", 2)
    third, fourth = (one.get(f"/records/account/{made}/edit").form() for one in (mine, theirs))
    third.submit({grade: "C"})
    page = fourth.submit({grade: "D"}, status=409)
    assert all(text in page.text for text in ("Grade", "B", "C", "D"))


def test_the_record_is_found_by_its_words_until_the_field_is_withdrawn(here: Company) -> None:
    motto = add_own_field(here, "account", "line", "Motto")
    values: dict[str, Any] = {motto: "quicksilver"}
    made = here.add("account", name="Acme", **values)
    values[motto] = "quicksilver and salt"
    here.change("account", made, **values)
    browser = here.browser()
    assert "Acme" in browser.get("/search?q=quicksilver").text
    assert "quicksilver" in browser.get(f"/crm/accounts/{made}/history").text
    for away in (True, False):
        (withdraw if away else restore)(here, motto)
        assert ("quicksilver" not in browser.get(f"/crm/accounts/{made}").text) is away
        work_off(here.app)
        assert ("Acme" not in browser.get("/search?q=quicksilver").text) is away


def test_a_kept_view_over_a_field_says_what_is_missing_and_is_whole_again_with_it(here: Company) -> None:
    grade = add_own_field(here, "account", "line", "Grade")
    for name, value in (("Acme", "A"), ("Beta", "B")):
        values: dict[str, Any] = {grade: value}
        here.add("account", name=name, **values)
    browser = here.browser()
    address = f"columns=name,{grade}&{grade}=A&sort=-{grade}"
    browser.get(f"/crm/accounts?{address}")
    browser.post("/lists/account/views", {"name": "Only A", "address": address})
    view = browser.get("/crm/accounts").links["Only A"]
    assert [row["Grade"] for row in browser.get(view).rows()] == ["A"]
    withdraw(here, grade)
    gone = browser.get(view)
    assert "Grade" not in gone.rows()[0]
    assert len(gone.rows()) == 2
    restore(here, grade)
    assert [row["Grade"] for row in browser.get(view).rows()] == ["A"]


def test_a_merge_fills_what_is_blank_and_keeps_what_was_withdrawn(here: Company) -> None:
    grade, gone = add_own_field(here, "account", "line", "Grade"), add_own_field(here, "account", "whole", "Gone")
    values: dict[str, Any] = {grade: "A", gone: 7}
    one, other = here.add("account", name="Alfa SL"), here.add("account", name="Alfa S.A.", **values)
    withdraw(here, gone)
    merge_of(here, one, other)
    assert (held(here, Account, one, grade), held(here, Account, one, gone)) == ("A", 7)


def test_a_conversion_carries_fields_of_one_name_and_says_which_go_nowhere(app: Flask) -> None:
    here = funnel(app)
    kinds = ("lead", "contact", "opportunity")
    size, _contact_size, deal_size = (add_own_field(here, kind, "whole", "Size") for kind in kinds)
    alone = add_own_field(here, "lead", "line", "Alone")
    values: dict[str, Any] = {size: 12, alone: "here"}
    lead = here.qualified(**values)
    assert "Alone" in here.browser().get(f"/crm/leads/{lead}/convert?account=new&contact=new&opportunity=new").text
    made = here.convert(lead, **ALL_NEW)
    assert held(here, Opportunity, made.opportunity_id or 0, deal_size) == 12
    assert held(here, Contact, made.contact_id or 0, _contact_size) == 12
