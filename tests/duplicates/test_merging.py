"""Two records become one: nothing is lost, nothing goes round in circles, and nobody is overrun."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.comments.models import Comment
from implementor.comments.services import add_comment
from implementor.crm.accounts.models import Account
from implementor.crm.accounts.sameness import StandsBetween
from implementor.duplicates.models import DuplicatePair
from implementor.duplicates.services.merging import ChangedMeanwhile, MergedBefore
from implementor.duplicates.services.pairs import AlreadyDecided, SameRecord
from implementor.exchange.models import ExternalId
from implementor.foundation.errors import NotFound
from implementor.foundation.records import RecordRef
from implementor.history.services import CannotUndo
from tests.auth.builders import reading
from tests.crm.builders import START, Company, company
from tests.duplicates.builders import merge_of, merged, pair_id_of, pairs_of


def two(here: Company, **more: Any) -> tuple[int, int]:
    """Two accounts that may be one; the second is in Vigo, the first nowhere."""
    one = here.add("account", name="Alfa SL", phone="+34 600 111 222", employees=10)
    return one, here.add("account", name="Alfa S.A.", city="Vigo", employees=12, **more)


def test_the_survivor_takes_what_was_chosen_and_what_it_lacks(app: Flask) -> None:
    here = company(app)
    one, other = two(here)

    merge_of(here, one, other, employees=other)

    kept = here.stored(Account, one)
    assert (kept.name, kept.city, kept.employees, kept.phone) == ("Alfa SL", "Vigo", 12, "+34 600 111 222")
    assert here.stored(Account, other).merged_into_id == one
    assert here.titles("account") == {"Alfa SL"}


def test_everything_of_the_other_belongs_to_the_survivor(app: Flask) -> None:
    here = company(app)
    one, other = two(here)
    child = here.add("account", name="Plant", parent=other)
    with here.working() as session:
        session.add(ExternalId(record_kind="account", record_id=other, system="erp", value="C-1"))
        add_comment(session, about=RecordRef("account", other), project_id=None, body="Hello", by=here.by(), at=START)

    merge = merge_of(here, one, other)

    with reading(app) as session:
        assert session.scalar(select(ExternalId.record_id)) == one
        assert session.scalar(select(Comment.about_id)) == one
    assert here.stored(Account, child).parent_id == one
    assert merge.moved["account.parent_id"] == [child]
    assert here.stored(Account, child).version == 2


def test_an_old_address_leads_to_the_survivor_even_after_another_merge(app: Flask) -> None:
    here = company(app)
    one, other = two(here)
    third = here.add("account", name="Alfa")
    merge_of(here, one, other)
    merge_of(here, third, one)

    assert here.browser().get(f"/crm/accounts/{other}").heading == "Alfa"
    assert here.stored(Account, other).merged_into_id == third


def test_a_record_does_not_come_to_stand_above_itself(app: Flask) -> None:
    here = company(app)
    top = here.add("account", name="Holding")
    parent = here.add("account", name="Alfa SL", parent=top)
    child = here.add("account", name="Alfa S.A.", parent=parent)

    merge_of(here, child, parent)

    assert here.stored(Account, child).parent_id == top


def test_a_merge_that_would_bend_the_tree_into_a_circle_is_refused(app: Flask) -> None:
    here = company(app)
    top = here.add("account", name="Alfa SL")
    middle = here.add("account", name="Holding", parent=top)
    low = here.add("account", name="Alfa S.A.", parent=middle)

    with pytest.raises(StandsBetween):
        merge_of(here, low, top)
    assert here.stored(Account, top).merged_into_id is None


def test_a_record_is_not_merged_with_itself_or_with_what_is_left_of_one(app: Flask) -> None:
    here = company(app)
    one, other = two(here)
    third = here.add("account", name="Alfa")
    with pytest.raises(SameRecord):
        pair_id_of(here, one, one)
    open_pair = pair_id_of(here, other, third)
    merge_of(here, one, other)
    with pytest.raises(AlreadyDecided):
        merge_of(here, one, other)
    with here.working() as session:  # as two people at once would leave it
        session.get_one(DuplicatePair, open_pair).left_id = other
    with pytest.raises(MergedBefore):
        merged(here, open_pair, other)


def test_what_was_changed_while_somebody_compared_is_not_merged(app: Flask) -> None:
    here = company(app)
    one, other = two(here)
    pair_id = pair_id_of(here, one, other)
    here.change("account", other, city="Lugo")

    with pytest.raises(ChangedMeanwhile):
        merged(here, pair_id, one, seen={one: 1, other: 1})


def test_who_may_not_change_both_does_not_merge_them(app: Flask) -> None:
    here = company(app)
    one, other = two(here, owner=here.people["elsewhere"].id)

    with pytest.raises(NotFound):
        merge_of(here, one, other)
    assert here.stored(Account, other).merged_into_id is None


def test_the_rest_of_a_group_can_be_merged_with_the_survivor(app: Flask) -> None:
    here = company(app)
    one, other = two(here)
    third = here.add("account", name="Alfa Ltd", city="Vigo")
    assert (other, third) in pairs_of(here)

    merge_of(here, one, other)

    assert pairs_of(here) == {(one, third)}


def test_a_merge_is_not_taken_back_by_the_undo_of_fields(app: Flask) -> None:
    here = company(app)
    one, other = two(here)
    merge_of(here, one, other)

    with pytest.raises(CannotUndo, match="taken apart"):
        here.undo()


def test_the_timeline_tells_of_the_merge_and_leads_to_it(app: Flask) -> None:
    here = company(app)
    one, other = two(here)
    merge = merge_of(here, one, other)

    page = here.browser().get(f"/crm/accounts/{one}/history")

    assert "merged Alfa S.A. into this record." in page.text
    assert f"/crm/duplicates/merges/{merge.id}" in page.html
