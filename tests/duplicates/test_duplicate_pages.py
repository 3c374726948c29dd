"""The pages: candidates within sight, two records side by side, and merges that are taken apart."""

from flask import Flask

from implementor.crm.accounts.models import Account
from tests.crm.builders import company
from tests.duplicates.builders import merge_of, pair_id_of, pairs_of
from tests.duplicates.test_merging import two
from tests.machinery.statements import counting


def test_two_records_are_merged_as_the_page_says(app: Flask) -> None:
    here = company(app)
    one, other = two(here)
    page = here.browser().get(f"/crm/duplicates/{pair_id_of(here, one, other)}")
    assert {"take-employees", "take-name"} <= set(page.form("#merge").values)

    done = page.form("#merge").submit({"survivor": str(other), "take-name": str(other), "take-employees": str(one)})

    assert done.heading == "Alfa S.A."
    kept = here.stored(Account, other)
    assert (kept.employees, kept.phone) == (10, "+34 600 111 222")
    assert "Alfa SL is merged." in done.text


def test_an_edit_in_between_stops_the_merge_and_changes_nothing(app: Flask) -> None:
    here = company(app)
    one, other = two(here)
    form = here.browser().get(f"/crm/duplicates/{pair_id_of(here, one, other)}").form("#merge")
    here.change("account", one, city="Lugo")

    answer = form.submit(status=409)

    assert "Compare them again" in answer.text
    assert here.stored(Account, other).merged_into_id is None


def test_two_that_are_two_are_kept_apart_with_a_reason_and_can_be_decided_again(app: Flask) -> None:
    here = company(app)
    one, other = two(here)
    address = f"/crm/duplicates/{pair_id_of(here, one, other)}"
    refused = here.browser().get(address).form("form[action$=dismiss]").submit(reason=" ", status=422)
    assert "reason" in refused.form("form[action$=dismiss]").errors

    here.browser().get(address).form("form[action$=dismiss]").submit(reason="Two plants of one group")

    assert pairs_of(here) == set()
    listed = here.browser().get("/crm/duplicates?kind=account&state=dismissed")
    assert "Two plants of one group" in listed.text
    here.browser().get(address).form("form[action$=reopen]").submit()
    assert pairs_of(here) == {(one, other)}


def test_two_records_that_no_search_found_are_put_side_by_side_by_name(app: Flask) -> None:
    here = company(app)
    here.add("account", name="Nike")
    here.add("account", name="Converse")
    page = here.browser().get("/crm/duplicates?kind=account")
    refused = page.form("#compare").submit(one="Nike", other="Nobody", status=422)
    assert "other" in refused.form("#compare").errors

    compared = page.form("#compare").submit(one="Nike", other="Converse")

    assert compared.heading == "Are these two one?"
    assert "Probably two" in compared.text


def test_a_merge_is_taken_apart_on_its_page(app: Flask) -> None:
    here = company(app)
    one, other = two(here)
    merge = merge_of(here, one, other)
    page = here.browser().get(f"/crm/duplicates/merges/{merge.id}")
    assert "City was taken over." in page.text

    apart = page.form("form[action$=part]").submit()

    assert apart.heading == "Alfa S.A."
    again = here.browser().get(f"/crm/duplicates/merges/{merge.id}")
    assert "taken apart already" in again.text


def test_conflicts_are_shown_before_and_after_taking_apart(app: Flask) -> None:
    here = company(app)
    one, other = two(here)
    merge = merge_of(here, one, other)
    here.change("account", one, city="Lugo")
    page = here.browser().get(f"/crm/duplicates/merges/{merge.id}")
    assert "City was changed since and stays as it is now." in page.text

    apart = page.form("form[action$=part]").submit()

    assert apart.heading == "Merge of Alfa S.A."
    assert "City was changed since and stays as it is now." in apart.text


def test_the_page_of_a_record_names_who_may_be_the_same(app: Flask) -> None:
    here = company(app)
    one = here.add("account", name="Alfa SL", city="Vigo")
    here.add("account", name="Alfa S.A.", city="Vigo")

    page = here.browser().get(f"/crm/accounts/{one}")

    assert "Possible duplicates" in page.text
    assert "Alfa S.A." in page.text


def test_who_has_no_place_in_the_crm_finds_nothing(app: Flask) -> None:
    here = company(app)
    one, other = two(here)
    pair_id, merge = pair_id_of(here, one, other), None
    for address in ("", f"/{pair_id}"):
        here.browser("stranger").get(f"/crm/duplicates{address}", status=403)
    merge = merge_of(here, one, other)
    here.browser("stranger").get(f"/crm/duplicates/merges/{merge.id}", status=403)


def test_who_may_not_change_both_looks_only(app: Flask) -> None:
    here = company(app)
    one, other = two(here, owner=here.people["elsewhere"].id)
    pair_id = pair_id_of(here, one, other)

    browser = here.browser()

    page = browser.get(f"/crm/duplicates/{pair_id}")

    assert "you must be allowed to change both" in page.text
    browser.post(f"/crm/duplicates/{pair_id}/merge", {"survivor": str(one)}, status=404)
    assert here.stored(Account, other).merged_into_id is None


def test_a_seller_sees_no_button_that_only_managers_may_press(app: Flask) -> None:
    here = company(app)
    two(here)

    assert "/crm/duplicates/search" not in here.browser().get("/crm/duplicates").html
    asked = here.browser("manager").get("/crm/duplicates").form("form[action$=search]").submit()
    assert "Search Accounts for duplicates" in asked.text
    again = here.browser("manager").get("/crm/duplicates")
    assert "All records are being searched." in again.text


def test_one_candidate_and_thirty_cost_the_same_statements(app: Flask) -> None:
    here = company(app)
    browser = here.browser()
    costs = []
    for count in (1, 29):
        for number in range(count):
            for name in ("SL", "S.A."):
                here.add("account", name=f"Alfa {count} {number} {name}", city="Vigo")
        with counting() as seen:
            browser.get("/crm/duplicates?kind=account")
        costs.append(len(seen))
    assert len(pairs_of(here)) == 30
    assert costs[0] == costs[1]
