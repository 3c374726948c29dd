"""Fields of one's own that hold several words of a list: asked, shown, found, changed for many, counted and moved."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.crm.accounts.catalogue import ACCOUNT
from implementor.crm.accounts.models import Account
from implementor.foundation.conditions import Comparison, Condition
from implementor.foundation.filters import ALL, read_filters
from implementor.foundation.matching import holds, rows_where
from implementor.lists.bulk import Part
from implementor.lists.tasks import parts_again
from implementor.lists.views.bulk import portable
from implementor.metrics.conditions import AsOf
from implementor.metrics.definitions import Query
from implementor.metrics.measuring import Ruler
from implementor.releases.kinds.holders import move_back, move_words
from tests.auth.builders import reading
from tests.crm.builders import Company, company
from tests.crm.importing import brought_in, counts, take_back
from tests.crm.own_fields import LOW_HIGH, add_own_field, held
from tests.metrics.measured import TODAY, ZONE, tally

GIVEN: dict[str, list[str]] = {"A": ["low", "high"], "B": ["high"], "C": ["middle"], "D": []}


@pytest.fixture
def here(app: Flask) -> Company:
    return company(app)


@pytest.fixture
def levels(here: Company) -> str:
    """The key of a field of several words, with a record for each mixture in `GIVEN`."""
    key = add_own_field(here, "account", "choices", "Levels", words=LOW_HIGH)
    for name, words in GIVEN.items():
        values: dict[str, Any] = {key: words}
        here.add("account", name=name, **values)
    return key


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("high", "AB"),
        ("high,low", "AB"),
        ("high,low,~all", "A"),
        ("none", "D"),
        ("middle,none", "CD"),
        ("~all", "ABCD"),
    ],
)
def test_lists_find_any_of_the_words_all_of_them_or_none(here: Company, levels: str, asked: str, names: str) -> None:
    with here.working() as session:
        filters = read_filters([ACCOUNT.fields[levels]], {levels: [asked]}, here.scope())
        condition = filters.condition(ACCOUNT, here.scope())
        assert "".join(session.scalars(select(Account.name).where(condition).order_by(Account.name))) == names


def test_conditions_hold_here_of_what_the_database_finds(here: Company, levels: str) -> None:
    tests = (Comparison.CONTAINS, Comparison.ONE_OF, Comparison.NONE_OF)
    asked = [
        Condition(levels, test, texts) for test in tests for texts in (("high",), ("high", "low"), ("middle", "low"))
    ]
    asked += [Condition(levels, Comparison.IS_SET), Condition(levels, Comparison.IS_EMPTY)]
    with here.working() as session:
        for one in asked:
            found = set(session.scalars(select(Account.name).where(rows_where(ACCOUNT, [one]))))
            assert found == {each.name for each in session.scalars(select(Account)) if holds(ACCOUNT, [one], each)}, one


def test_boxes_are_ticked_shown_as_words_found_by_search_and_all_taken_away(here: Company, levels: str) -> None:
    browser = here.browser()
    form = browser.get("/records/account/2/edit").form()
    form.submit({levels: ["middle", "low"]})
    assert held(here, Account, 2, levels) == ["low", "middle"]
    page = browser.get(f"/crm/accounts?columns=name,{levels}&{levels}=low&{levels}=~all&sort=name")
    assert [row["Levels"] for row in page.rows()] == ["LowHigh", "LowMiddle"]
    assert "B" in browser.get("/search?q=medio").text
    assert "Low, Middle" in browser.get("/crm/accounts/2/history").text
    browser.get("/records/account/2/edit").form().submit({levels: []})
    assert held(here, Account, 2, levels) == []


def test_many_records_get_words_lose_words_or_hold_exactly_these(here: Company, levels: str) -> None:
    browser, ids = here.browser(), ["1", "2", "4"]
    browser.get("/crm/accounts")
    for way, words, after in (
        ("add", ["middle"], [["low", "middle", "high"], ["middle", "high"], ["middle"]]),
        ("remove", ["high", "low"], [["middle"], ["middle"], ["middle"]]),
        ("set", ["low"], [["low"]] * 3),
    ):
        sent: dict[str, Any] = {"ids": ids, "change": levels, levels: words, f"{levels}-way": way, "step": "apply"}
        browser.post("/lists/account/bulk", sent)
        assert [held(here, Account, int(one), levels) for one in ids] == after
    part = {levels: Part(True, ("low",))}
    assert parts_again(portable(dict(part))) == part


def test_files_name_several_in_one_cell_or_in_several_and_exports_come_in_again(here: Company, tmp_path: Path) -> None:
    key = add_own_field(here, "account", "choices", "Levels", words=LOW_HIGH)
    sheet = "Account ID,Company,Levels,Levels\nA1,Duero,high; Bajo,\nA2,Ebro,High,middle\nA3,Tajo,Odd|low,\n"
    assert counts(brought_in(here, "account", tmp_path, sheet)) == (3, 0, 0, 0)
    assert [held(here, Account, one, key) for one in (1, 2, 3)] == [["low", "high"], ["middle", "high"], ["low", "odd"]]
    assert counts(brought_in(here, "account", tmp_path, sheet)) == (0, 0, 3, 0)
    text = here.browser("crm_admin").client.get(f"/lists/account/export.csv?columns=name,{key}").get_data(as_text=True)
    assert "Middle; High" in text
    assert counts(brought_in(here, "account", tmp_path, text, "export.csv"))[:2] == (0, 0)
    take_back(here)


def test_a_word_that_is_retired_is_replaced_among_the_others_and_comes_back(here: Company, levels: str) -> None:
    with here.working("crm_admin") as session:
        moved = move_words(session, ACCOUNT.fields[levels].picklist or "", "high", "low")
        assert len(moved) == 2
    assert [held(here, Account, one, levels) for one in (1, 2, 3)] == [["low"], ["low"], ["middle"]]
    with here.working("crm_admin") as session:
        assert len(move_back(session, moved)) == 2
    assert [held(here, Account, one, levels) for one in (1, 2)] == [["low", "high"], ["high"]]


def test_figures_are_parted_by_each_word_and_filtered_by_any(here: Company, levels: str) -> None:
    with reading(here.app) as session:
        parts = Ruler(session, AsOf(TODAY, ZONE, None)).parted(Query("account"), levels, "number", "EUR")
    assert {key: one.value for key, one in parts.items()} == {"low": 1, "middle": 1, "high": 2, None: 1}
    query = Query("account", "share", part={levels: ("high", "low", ALL)})
    assert tally(here.app, query, "percent").value == Decimal(25)
    assert tally(here.app, Query("account", filters={levels: ("high", "middle")})).value == 3
