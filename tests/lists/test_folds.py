"""What stands under the folds of a list: read and drawn only for who opens them, with all that was typed before."""

import pytest
from flask import Flask

from tests.lists.test_lists import filled, open_list, titles
from tests.machinery.forms import Form
from tests.machinery.pages import Page
from tests.machinery.statements import counting


def filter_form(page: Page) -> Form:
    return page.form("form.filter-bar")


def test_a_fold_is_drawn_for_who_opens_it_and_costs_nobody_else(app: Flask) -> None:
    here = filled(app)
    browser = here.browser()
    costs = []
    for query, is_drawn in (("", False), ("?unfold=filters", True)):
        browser.get(here.url(f"/backlog{query}"))
        with counting() as seen:
            page = browser.get(here.url(f"/backlog{query}"))
        costs.append(len(seen))
        assert bool(page.all("#filter_moscow")) is is_drawn
        assert bool(page.all("#more_filters[open]")) is is_drawn
        assert not page.all("#arrangement[open], #list_sort")
    assert costs[0] < costs[1]


def test_a_fold_opens_by_its_button_with_what_was_typed_and_stays_open(app: Flask) -> None:
    here = filled(app)
    page = filter_form(open_list(here)).submit(q="crm", button="Show more filters")
    assert page.find("#list_words").get("value") == "crm"
    assert page.all("#more_filters[open] #filter_points")
    page = filter_form(page).submit(button="Show columns and order")
    assert page.find("#list_words").get("value") == "crm"
    assert page.all("#arrangement[open] #list_sort")
    page = open_list(here, "q=crm&unfold=filters&unfold=columns")
    page = filter_form(page).submit(q="", moscow="could")
    assert titles(page) == ["Accounts"]
    assert page.all("#more_filters[open]")
    assert page.all("#arrangement[open]")


def test_a_filter_in_use_stands_in_the_open_with_its_words(app: Flask) -> None:
    page = open_list(filled(app), "moscow=must,should")
    assert page.texts("#filter_moscow option[selected]")[-1] == "2 chosen"
    assert not page.all("#more_filters #filter_moscow")


@pytest.mark.parametrize("query", ["columns=title,moscow", "sort=-title", "group=moscow", "size=25"])
def test_narrowing_keeps_the_arrangement_that_is_folded_away(app: Flask, query: str) -> None:
    page = open_list(filled(app), query)
    name, _, value = query.partition("=")
    assert page.find(f".filter-bar input[name={name}]").get("value") == value
    narrowed = filter_form(page).submit(q="quotes")
    assert narrowed.texts("#rows thead th") == page.texts("#rows thead th")
    assert narrowed.find(f".filter-bar input[name={name}]").get("value") == value
