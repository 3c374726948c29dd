"""Records found by name: while typing, in forms with and without scripts, in filters, within what one may see."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, render_template
from sqlalchemy import select, text

from implementor.foundation.fields import Field, entities
from implementor.foundation.lookup import begins_with
from implementor.foundation.permissions import Role
from implementor.lists.page import ListPage, list_page
from implementor.lists.sheets import sheet_of
from tests.auth.builders import add_person, reading
from tests.lists.deals import Deal, Sales, known
from tests.machinery.pages import Page
from tests.machinery.statements import counting
from tests.projects.builders import browser_of


@pytest.fixture
def sales(app: Flask) -> Iterator[Sales]:
    with known(app) as found:
        yield found


def found(sales: Sales, words: str, kind: str = "deal") -> list[str]:
    page = sales.browser().get(f"/lookup/{kind}?q={words}")
    return [str(one.get("data-title")) for one in page.all("[role=option][data-key]")]


def test_names_are_found_by_how_they_begin(sales: Sales) -> None:
    for name in ("Ácero del Sur", "Acme", "Zinc", "acme Iberia", "The Acme", "Acme secret"):
        sales.add(name)
    assert found(sales, "acm") == ["Acme", "acme Iberia"]
    assert found(sales, "ACE") == ["Ácero del Sur"]
    assert found(sales, "%25") == found(sales, "a_me") == []
    assert len(found(sales, "")) == 5


def test_as_many_as_fit_are_shown_and_the_rest_is_told(sales: Sales) -> None:
    for number in range(25):
        sales.add(f"Acme {number:02}")
    page = sales.browser().get("/lookup/deal?q=acme")
    assert len(page.all("[role=option][data-key]")) == 20
    assert "There are more" in page.text


def test_whoever_sees_more_finds_more_and_strangers_find_nothing(sales: Sales) -> None:
    sales.add("Acme secret")
    lead = browser_of(sales.app, add_person(sales.app, "Paz Lead", Role.PMO))
    assert found(sales, "acme") == []
    assert "Acme secret" in lead.get("/lookup/deal?q=acme").text
    sales.browser().get("/lookup/nothing?q=a", status=404)
    assert sales.app.test_client().get("/lookup/deal?q=acme").status_code == 303


def test_people_are_found_by_any_part_of_their_name(sales: Sales) -> None:
    add_person(sales.app, "Ana Rúiz")
    assert found(sales, "ruiz", "user") == ["Ana Rúiz"]


def parent_form(sales: Sales, deal: int) -> Page:
    return sales.browser().get(f"/records/deal/{deal}/fields/parent/edit", target="field_parent")


def test_without_scripts_the_title_of_one_record_is_enough(sales: Sales) -> None:
    child, parent = sales.add("Child"), sales.add("Acme")
    sales.add("Acme Iberia")
    parent_form(sales, child).form("Save").submit({"parent": " ÁCME "}, status=None)
    assert sales.stored(child).parent_id == parent
    form = parent_form(sales, child).form("Save")
    assert (form.value("parent"), form.value("parent-id")) == ("Acme", f"{parent}|Acme")
    form.submit({"parent": ""}, status=None)
    assert sales.stored(child).parent_id is None


def test_what_may_be_meant_is_offered_to_choose_from(sales: Sales) -> None:
    child = sales.add("Child")
    first, second = sales.add("Acme", email="one@x.es"), sales.add("Acme", email="two@x.es")
    refused = parent_form(sales, child).form("Save").submit({"parent": "acme"}, status=422)
    assert "Several are called" in refused.form("Save").errors["parent"]
    assert refused.form("Save").options("parent-id") == [f"{first}|acme", f"{second}|acme"]
    assert "two@x.es" in refused.text
    values = {"parent": "acme", "parent-id": f"{second}|acme"}
    refused.browser.post(f"/records/deal/{child}/fields/parent", {**values, "version": 1}, status=None)
    assert sales.stored(child).parent_id == second
    begun = parent_form(sales, child).form("Save").submit({"parent": "acm"}, status=422)
    assert len(begun.form("Save").options("parent-id")) == 2
    nothing = parent_form(sales, child).form("Save").submit({"parent": "zzz"}, status=422)
    assert "Nothing is called “zzz”" in nothing.form("Save").errors["parent"]


@pytest.mark.parametrize("mark", ["{secret}|x", "999|x", "x|x", "|", "99999999999999999999999|x", "-1|x", "{other}|y"])
def test_only_a_visible_record_can_be_pointed_at(sales: Sales, mark: str) -> None:
    child, secret, other = sales.add("Child"), sales.add("Acme secret"), sales.add("Other")
    browser = sales.browser()
    browser.get("/account")
    sent = {"parent": "x", "parent-id": mark.format(secret=secret, other=other), "version": 1}
    refused = browser.post(f"/records/deal/{child}/fields/parent", sent, status=422)
    assert "Acme secret" not in refused.text
    browser.post(f"/records/deal/{child}/fields/parent", {**sent, "parent": f"#{secret}"}, status=422)
    assert sales.stored(child).parent_id is None


def test_what_one_cannot_see_stays_when_the_rest_is_saved(sales: Sales) -> None:
    secret = sales.add("Acme secret")
    child = sales.add("Child", parent=secret)
    form = sales.browser().get(f"/records/deal/{child}/edit").form("Save")
    assert form.value("parent") == "something you cannot see"
    form.submit(name="Grown", status=None)
    assert (sales.stored(child).name, sales.stored(child).parent_id) == ("Grown", secret)


def test_crossed_edits_show_titles_and_take_either(sales: Sales) -> None:
    mine, theirs = sales.add("Mine"), sales.add("Theirs")
    child = sales.add("Child")
    form = sales.browser().get(f"/records/deal/{child}/edit").form("Save")
    sales.change(child, parent=theirs)
    conflict = form.submit({"parent": "Mine"}, owner="Sara Vega", status=409)
    assert "Theirs" in conflict.texts(".conflict-text")
    sent = {name: values[-1] for name, values in conflict.form("conflict").values.items() if values}
    token = conflict.browser.token()
    taken = {**sent, "csrf_token": token, "parent": [f"#{theirs}", "Mine"]}
    conflict.browser.open("POST", conflict.url, None, None, {}, data=taken)
    assert (sales.stored(child).parent_id, sales.stored(child).owner_id) == (theirs, sales.person.id)
    assert mine != theirs


def test_a_record_shows_whom_it_points_at_and_leads_there(sales: Sales) -> None:
    parent = sales.add("Acme")
    page = sales.browser().get(
        f"/records/deal/{sales.add('Child', parent=parent)}/fields/parent", target="field_parent"
    )
    assert page.links["Acme"] == f"/account?deal={parent}"


def test_many_rows_are_pointed_at_one_record(sales: Sales) -> None:
    parent, rows = sales.add("Acme"), [sales.add("One"), sales.add("Two")]
    browser = sales.browser()
    browser.get("/account")
    chosen = browser.post("/lists/deal/bulk", {"ids": rows, "change": ["parent"], "step": "choose"})
    assert chosen.find("[data-lookup] input[name=parent]") is not None
    sent = {"ids": rows, "change": ["parent"], "parent": "acme", "step": "apply"}
    browser.post("/lists/deal/bulk", sent, status=None)
    assert {sales.stored(row).parent_id for row in rows} == {parent}


def page_of(sales: Sales, **asked: str) -> ListPage:
    with reading(sales.app) as session:
        return list_page(
            session, sheet_of("deal"), sales.scope, {name.replace("_", "-"): [value] for name, value in asked.items()}
        )


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"parent": "{acme}"}, "One"),
        ({"parent": "{acme},{zinc}"}, "One,Two"),
        ({"parent": "{acme},none"}, "Acme,One,Zinc"),
        ({"parent": "none"}, "Acme,Zinc"),
        ({"parent": "None"}, "Acme,Zinc"),
        ({"parent": "ac"}, "One"),
        ({"parent": "Zinc, S.A."}, ""),
        ({"parent": "Acme", "parent_id": "{acme}|Acme"}, "One"),
        ({"parent": "zi", "parent_id": "{acme}|Acme"}, "Two"),
        ({"parent": "2 chosen", "parent_id": "{acme},{zinc}|2 chosen"}, "One,Two"),
        ({"owner": "me"}, "Two"),
        ({"owner": "Me"}, "Two"),
        ({"owner": "vega"}, "Two"),
        ({"owner": "none"}, "Acme,One,Zinc"),
    ],
)
def test_lists_are_narrowed_by_records_of_any_number(sales: Sales, asked: dict[str, str], expected: str) -> None:
    acme, zinc = sales.add("Acme"), sales.add("Zinc")
    sales.add("One", parent=acme)
    sales.add("Two", parent=zinc, owner=sales.person.id)
    page = page_of(sales, **{name: words.format(acme=acme, zinc=zinc) for name, words in asked.items()})
    assert ",".join(row.row_title for row in page.rows) == expected
    assert not page.state.filters.faults


def drawn(sales: Sales, page: ListPage, field: Field) -> str:
    with sales.app.test_request_context("/"):
        return render_template("lists/_filter_field.html", page=page, field=field)


def test_the_filter_shows_what_it_was_given(sales: Sales) -> None:
    acme = sales.add("Acme")
    parent, owner = entities["deal"].fields["parent"], entities["deal"].fields["owner"]
    html = drawn(sales, page_of(sales, parent=str(acme)), parent)
    assert f'value="{acme}|Acme"' in html
    assert 'value="Acme"' in html
    html = drawn(sales, page_of(sales, owner="me"), owner)
    assert 'value="Me"' in html
    assert 'value="me|Me"' in html
    assert 'data-key="none"' in html
    assert 'value="ac"' in drawn(sales, page_of(sales, parent="ac"), parent)
    assert 'value="3 chosen"' in drawn(sales, page_of(sales, parent="1,2,3"), parent)


def test_naming_a_chosen_record_costs_one_statement_and_several_none(sales: Sales) -> None:
    acme = sales.add("Acme")
    with counting() as plain:
        page_of(sales, parent=f"{acme},{acme + 1}")
    with counting() as narrowed:
        page_of(sales, parent=str(acme))
    assert len(narrowed) == len(plain) + 1


def test_the_beginning_of_a_name_is_found_by_its_index(sales: Sales, database_kind: str) -> None:
    key = Deal.name_key.expression
    with reading(sales.app) as session:
        bind: Any = session.get_bind()
        looked_for = (
            select(Deal.id).where(begins_with(key, "acme")).compile(bind, compile_kwargs={"literal_binds": True})
        )
        if database_kind == "postgresql":
            session.execute(text("SET LOCAL enable_seqscan = off"))  # a table this small is read whole
        explain = "EXPLAIN QUERY PLAN " if database_kind == "sqlite" else "EXPLAIN "
        plan = " ".join(str(row) for row in session.connection().exec_driver_sql(explain + str(looked_for)))
    assert "ix_deal_of_tests_name_key" in plan
    assert "name_key >" in plan or "name_key>" in plan
