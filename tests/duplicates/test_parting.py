"""A merge is taken apart: both records as they were, and what people did since stays, with a report."""

import pytest
from flask import Flask

from implementor.crm.accounts.models import Account
from implementor.duplicates.services.parting import CannotPart
from tests.crm.builders import company
from tests.duplicates.builders import keys_of_record, merge_of, pairs_of, part_again
from tests.duplicates.test_merging import two


def test_both_records_are_as_they_were(app: Flask) -> None:
    here = company(app)
    one, other = two(here)
    child = here.add("account", name="Plant", parent=other)
    before = keys_of_record(here, other)
    merge = merge_of(here, one, other, employees=other)

    parting = part_again(here, merge)

    first, second = here.stored(Account, one), here.stored(Account, other)
    assert (first.employees, first.city, second.city, second.merged_into_id) == (10, None, "Vigo", None)
    assert here.stored(Account, child).parent_id == other
    assert parting.conflicts == []
    assert keys_of_record(here, other) == before
    assert (one, other) in pairs_of(here)


def test_what_was_changed_since_stays_and_is_reported(app: Flask) -> None:
    here = company(app)
    one, other = two(here)
    kept, moved = (here.add("account", name=name, parent=other) for name in ("Plant", "Depot"))
    third = here.add("account", name="Beta")
    merge = merge_of(here, one, other, employees=other)
    here.change("account", one, employees=99)
    here.change("account", moved, parent=third)

    parting = part_again(here, merge)

    assert here.stored(Account, one).employees == 99
    assert here.stored(Account, one).city is None
    assert here.stored(Account, moved).parent_id == third
    assert here.stored(Account, kept).parent_id == other
    assert [str(one) for one in parting.conflicts] == [
        "Employees was changed since and stays as it is now.",
        "1 row of account was given to another record or removed since and stays there.",
    ]


def test_a_merge_is_taken_apart_once_and_from_the_outside_in(app: Flask) -> None:
    here = company(app)
    one, other = two(here)
    third = here.add("account", name="Alfa")
    inner = merge_of(here, one, other)
    outer = merge_of(here, third, one)
    with pytest.raises(CannotPart, match="merged into another one"):
        part_again(here, inner)

    part_again(here, outer)
    part_again(here, inner)

    assert here.titles("account") == {"Alfa", "Alfa SL", "Alfa S.A."}
    assert here.stored(Account, other).merged_into_id is None
    with pytest.raises(CannotPart, match="already"):
        part_again(here, inner)
