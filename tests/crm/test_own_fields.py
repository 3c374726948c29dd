"""Fields of one's own: what they hold, where they stand in lists, what history and undo make of them."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.crm.accounts.catalogue import ACCOUNT
from implementor.crm.accounts.models import Account
from implementor.foundation import live
from implementor.foundation.filters import read_filters
from implementor.foundation.pages import page_of
from implementor.history.models import Change
from implementor.lists.queries import order_by
from tests.auth.builders import reading
from tests.crm.builders import Company, company
from tests.crm.own_fields import OF_EACH_KIND, add_own_field, held, one_of_each, restore, withdraw


@pytest.fixture
def here(app: Flask) -> Company:
    return company(app)


def account(here: Company, name: str, **values: Any) -> int:
    return here.add("account", "seller", name=name, **values)


def test_a_record_holds_every_kind_of_value_as_it_was_given(here: Company) -> None:
    keys = one_of_each(here)
    given = {keys[kind]: value for kind, (_more, value, _other) in OF_EACH_KIND.items()}
    made = account(here, "Acme", **given)
    with here.working() as session:
        record = session.get_one(Account, made)
        assert {key: getattr(record, key) for key in given} == given
        columns: list[Any] = [live.present().custom[key].column.label(key) for key in given]
        assert session.execute(select(*columns).where(Account.id == made)).one()._asdict() == given


@pytest.mark.parametrize(
    "kind", [one for one in OF_EACH_KIND if one not in ("text", "url", "choice", "choices", "yes_no")]
)
def test_lists_are_in_the_order_of_values_with_none_last_and_go_on_after_each_page(here: Company, kind: str) -> None:
    more, less, greater = OF_EACH_KIND[kind]
    key = add_own_field(here, "account", kind, **more)
    for name, value in (("B", greater), ("A", less), ("C", None)):
        account(here, name, **({} if value is None else {key: value}))
    for descending, expected in ((False, "ABC"), (True, "BAC")):
        with here.working() as session:
            order = order_by(ACCOUNT, ACCOUNT.fields[key], descending, None)
            names, after = "", None
            while len(names) < 3:
                page = page_of(session, select(Account.name), order_by=order, limit=1, after=after)
                names, after = names + page.rows[0].name, page.next
        assert (names, after) == (expected, None)


FILTERS = {
    "whole": ("7", "8..", "none"), "decimal": ("2.5", "3..", "none"), "percent": ("12.5", "20..", "none"),
    "money": ("12.50", "13..", "none"), "date": ("2026-03-31", "2026-04-01..", "none"),
    "moment": ("2026-03-31", "2026-04-01..", "none"), "line": ("Ábaco", "zinc", "none"),
    "choice": ("high", "low", "none"), "choices": ("middle,high,~all", "low", "none"), "yes_no": ("n", "y", "none"),
    "url": ("https://a.example", "b.example", "none"),
}  # fmt: skip


@pytest.mark.parametrize("kind", FILTERS)
def test_lists_are_filtered_by_a_value_a_range_and_none(here: Company, kind: str) -> None:
    more, less, greater = OF_EACH_KIND[kind]
    key = add_own_field(here, "account", kind, **more)
    account(here, "A", **{key: less})
    account(here, "B", **{key: greater})
    account(here, "C")
    for text, expected in zip(FILTERS[kind], "ABC", strict=True):
        with here.working() as session:
            filters = read_filters([ACCOUNT.fields[key]], {key: [text]}, here.scope())
            assert not filters.faults
            found = session.scalars(select(Account.name).where(filters.condition(ACCOUNT, here.scope())))
            assert "".join(found) == expected, text


def test_each_field_of_a_change_stands_for_itself_in_history_and_is_undone(here: Company) -> None:
    grade, visits = add_own_field(here, "account", "line", "Grade"), add_own_field(here, "account", "whole", "Visits")
    made = account(here, "Acme", **{grade: "A", visits: 1})
    later: dict[str, Any] = {grade: "B", visits: 2}
    here.change("account", made, **later)
    with reading(here.app) as session:
        change = session.scalars(
            select(Change).where(Change.record_kind == "account").order_by(Change.id.desc())
        ).first()
        assert change is not None
        assert (change.before, change.after) == ({grade: "A", visits: 1}, {grade: "B", visits: 2})
    here.undo()
    assert (held(here, Account, made, grade), held(here, Account, made, visits)) == ("A", 1)


def test_a_withdrawn_field_is_met_nowhere_and_returns_with_its_values(here: Company) -> None:
    key = add_own_field(here, "account", "line")
    made = account(here, "Acme", **{key: "A"})
    withdraw(here, key)
    with here.working():
        assert key not in ACCOUNT.fields
    here.change("account", made, name="Acme Ltd")
    restore(here, key)
    assert held(here, Account, made, key) == "A"
    with here.working():
        assert str(ACCOUNT.fields[key].label) == "Rating"
