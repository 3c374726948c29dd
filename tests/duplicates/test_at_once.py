"""Two people decide at the same moment: one is done, the other is told, and nothing is left half done."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from implementor.crm.accounts.models import Account
from implementor.duplicates.models import DuplicatePair, MergeRecord
from implementor.duplicates.services.merging import MergedBefore
from implementor.duplicates.services.pairs import AlreadyDecided, dismiss_pair
from implementor.duplicates.services.parting import CannotPart
from implementor.exchange.models import ExternalId
from implementor.foundation.errors import Refusal
from tests.auth.builders import reading
from tests.crm.builders import START, Company, company
from tests.duplicates.builders import keys_of_record, merge_of, merged, pair_id_of, pairs_of, part_again

Deed = Callable[[], object]


def at_once(*deeds: Deed) -> list[object]:
    """What comes of deeds that begin together: what each gives back, or the refusal it met."""
    ready = Barrier(len(deeds))

    def do(deed: Deed) -> object:
        ready.wait()
        try:
            return deed()
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(len(deeds)) as people:
        return list(people.map(do, deeds))


def refusals(outcomes: Sequence[object]) -> list[Refusal]:
    return [one for one in outcomes if isinstance(one, Refusal)]


def three(here: Company) -> list[int]:
    """Accounts that are one, each with a plant below it and a name elsewhere."""
    ids = [here.add("account", name=name) for name in ("Alfa", "Alfa Norte", "Grupo A")]
    for each in ids:
        here.add("account", name=f"Plant of {each}", parent=each)
    with here.working() as session:
        session.add_all(
            ExternalId(record_kind="account", record_id=each, system="erp", value=str(each)) for each in ids
        )
    return ids


def merges_in(here: Company) -> list[tuple[int, int]]:
    with reading(here.app) as session:
        return [(row.survivor_id, row.loser_id) for row in session.scalars(select(MergeRecord))]


def test_of_two_merges_that_want_one_record_the_second_is_refused_and_told_the_way_out(app: Flask) -> None:
    here = company(app)
    one, both, other = three(here)
    first, second = pair_id_of(here, one, both), pair_id_of(here, both, other)

    outcomes = at_once(
        lambda: merged(here, first, one, "seller", seen={one: 1, both: 1}),
        lambda: merged(here, second, other, "mate", seen={both: 1, other: 1}),
    )

    refused = refusals(outcomes)
    assert [type(each) for each in refused] == [MergedBefore]
    assert "Look at the list again." in str(refused[0])
    survivor = here.stored(Account, both).merged_into_id
    rest = ({one, other} - {survivor}).pop()
    assert merges_in(here) == [(survivor, both)]
    assert here.stored(Account, rest).merged_into_id is None
    assert pairs_of(here) == {(min(one, other), max(one, other))}
    assert keys_of_record(here, both) == set()


def test_nothing_that_belonged_to_the_record_stays_behind_or_goes_to_both(app: Flask) -> None:
    here = company(app)
    one, both, other = three(here)
    first, second = pair_id_of(here, one, both), pair_id_of(here, both, other)

    at_once(
        lambda: merged(here, first, one, "seller", seen={one: 1, both: 1}),
        lambda: merged(here, second, other, "mate", seen={both: 1, other: 1}),
    )

    survivor = here.stored(Account, both).merged_into_id
    with reading(app) as session:
        plants = dict(
            session.execute(select(Account.name, Account.parent_id).where(Account.parent_id.is_not(None))).all()
        )
        names = dict(session.execute(select(ExternalId.value, ExternalId.record_id)).all())
    assert (plants[f"Plant of {both}"], names[str(both)]) == (survivor, survivor)
    assert (plants[f"Plant of {one}"], plants[f"Plant of {other}"]) == (one, other)


def test_a_page_opened_before_another_merge_does_not_merge_whom_it_did_not_show(app: Flask) -> None:
    here = company(app)
    one, both, other = three(here)
    second = pair_id_of(here, both, other)
    merge_of(here, one, both)

    with pytest.raises(MergedBefore):
        merged(here, second, other, "mate", seen={both: 1, other: 1})

    assert here.stored(Account, one).merged_into_id is None
    assert pairs_of(here) == {(one, other)}


def test_two_who_merge_one_pair_the_other_way_round_make_one_merge(app: Flask) -> None:
    here = company(app)
    one, other, _third = three(here)
    pair = pair_id_of(here, one, other)

    outcomes = at_once(lambda: merged(here, pair, one, "seller"), lambda: merged(here, pair, other, "mate"))

    assert [type(each) for each in refusals(outcomes)] in ([MergedBefore], [AlreadyDecided])
    assert len(merges_in(here)) == 1
    assert [here.stored(Account, each).merged_into_id for each in (one, other)].count(None) == 1


def test_a_pair_is_merged_or_told_apart_but_never_both(app: Flask) -> None:
    here = company(app)
    one, other, _third = three(here)
    pair = pair_id_of(here, one, other)

    def dismiss() -> None:
        with here.working("mate") as session:
            found = session.get_one(DuplicatePair, pair)
            dismiss_pair(session, found, reason="Two plants", by=here.by("mate"), at=START)

    at_once(lambda: merged(here, pair, one, "seller"), dismiss)

    assert here.stored(DuplicatePair, pair).state == "merged"
    assert here.stored(Account, other).merged_into_id == one


def test_a_merge_is_taken_apart_once(app: Flask) -> None:
    here = company(app)
    one, other, _third = three(here)
    merge = merge_of(here, one, other)

    outcomes = at_once(lambda: part_again(here, merge), lambda: part_again(here, merge, "mate"))

    assert [type(each) for each in refusals(outcomes)] == [CannotPart]
    assert here.stored(Account, other).merged_into_id is None
    with reading(app) as session:
        assert session.scalar(select(func.count()).select_from(ExternalId).where(ExternalId.record_id == other)) == 1
