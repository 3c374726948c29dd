"""The tree of an account: its whole group as far as the reader sees it, in two statements."""

from types import SimpleNamespace
from typing import Any

from flask import Flask
from sqlalchemy import update

from implementor.crm.accounts.models import Account
from implementor.crm.accounts.tree import branches, top_of
from tests.crm.builders import START, Company, company
from tests.machinery.statements import counting


def group(here: Company) -> dict[str, int]:
    """A group of three levels."""
    made: dict[str, int] = {}
    tree = [("Group", None), ("North", "Group"), ("South", "Group"), ("Plant", "North"), ("Alone", None)]
    for name, above in tree:
        made[name] = here.add("account", name=name, parent=made[above] if above else "")
    return made


def drawn(here: Company, account: int, who: str = "seller") -> list[str]:
    """The accounts of the page in their order, indented by blanks, with how many stand below each."""
    page = here.browser(who).get(f"/crm/accounts/{account}/tree")
    rows = page.tree.cssselect("tbody tr")
    return [
        " " * row.cssselect("th")[0].text_content().count("\u2003")
        + row.cssselect("a")[0].text_content()
        + f" {row.cssselect('td')[2].text_content()}"
        for row in rows
    ]


def test_the_whole_group_is_drawn_from_wherever_one_stands(app: Flask) -> None:
    here = company(app)
    made = group(here)
    whole = ["Group 2 3 on all levels", " North 1", "  Plant 0", " South 0"]
    assert drawn(here, made["Plant"]) == whole
    assert drawn(here, made["Group"]) == whole
    page = here.browser().get(f"/crm/accounts/{made['Plant']}").follow("Tree")
    assert page.texts("tr[aria-current] th a") == ["Plant"]


def test_an_account_without_a_group_says_how_to_get_one(app: Flask) -> None:
    here = company(app)
    page = here.browser().get(f"/crm/accounts/{group(here)['Alone']}/tree")
    assert "Alone belongs to no other account" in page.text


def test_what_is_put_away_stands_in_no_tree_and_neither_does_what_is_below_it(app: Flask) -> None:
    here = company(app)
    made = group(here)
    with here.working() as session:
        session.get_one(Account, made["North"]).archived_at = START
    assert drawn(here, made["South"]) == ["Group 1", " South 0"]
    assert drawn(here, made["Plant"]) == []
    here.browser().get(f"/crm/accounts/{made['North']}/tree", status=404)


def test_a_loop_that_should_not_be_there_ends(app: Flask) -> None:
    here = company(app)
    made = group(here)
    with here.working() as session:
        session.execute(update(Account).where(Account.id == made["Group"]).values(parent_id=made["Plant"]))
    assert len(drawn(here, made["South"])) <= 4


def test_forty_accounts_cost_the_statements_of_one(app: Flask) -> None:
    here, costs = company(app), []
    top = here.add("account", name="Top")
    for count in (1, 39):
        for number in range(count):
            here.add("account", name=f"Branch {count} {number:02}", parent=top)
        browser = here.browser()
        browser.get(f"/crm/accounts/{top}/tree")
        with counting() as statements:
            browser.get(f"/crm/accounts/{top}/tree")
        costs.append(len(statements))
    assert costs[0] == costs[1]


def test_a_stranger_finds_no_tree(app: Flask) -> None:
    here = company(app)
    made = group(here)
    here.browser("stranger").get(f"/crm/accounts/{made['Group']}/tree", status=403)


def row(row_id: int, parent_id: int | None) -> Any:
    return SimpleNamespace(id=row_id, parent_id=parent_id)


def test_a_gap_above_ends_the_chain() -> None:
    assert top_of([row(3, 2), row(1, None)], 3) == 3
    assert top_of([row(3, 2), row(2, 1), row(1, None)], 3) == 1
    assert top_of([row(1, 2), row(2, 1)], 1) == 2
    assert [(one.row.id, one.below) for one in branches([row(1, None), row(2, 1), row(3, 9)], 1)] == [(1, 1), (2, 0)]
