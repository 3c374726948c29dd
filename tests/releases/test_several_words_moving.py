"""Fields of several words follow in the job of a release too, and read meanwhile as if all their words had moved."""

import random
from collections import Counter
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.configuration.first_use import speeches
from implementor.configuration.models import PicklistValue, StoredPicklist
from implementor.configuration.services.field_wishes import WordWish
from implementor.crm.accounts.models import Account
from implementor.foundation.conditions import Comparison, Condition
from implementor.foundation.fields import Scope, entities
from implementor.foundation.filters import read_filters
from implementor.foundation.matching import rows_where
from implementor.foundation.parting import split_of_field
from implementor.history.models import Change
from implementor.releases.move_models import ReleaseMove
from implementor.releases.release_services import release_wave
from implementor.releases.row_moving import next_batch
from tests.auth.builders import reading, working
from tests.crm.own_fields import add_own_field
from tests.releases.release_builders import shop
from tests.waves.builders import START, wave_in

KEYS = ("low", "mid", "high", "top")
NOTHING: list[Any] = [None]
"""The part of records that hold no word."""
WORDS = [WordWish(one.title(), f"{one.title()} (es)") for one in KEYS]
HELD: list[list[str]] = [["low"], ["low", "top"], ["mid", "low", "high"], ["high"], [], ["top", "mid"], ["low", "mid"]]


class Several:
    """Accounts with several words each, of which a release retires the lowest for the top one."""

    def __init__(self, app: Flask) -> None:
        self.made, (story,) = shop(app)
        self.key = add_own_field(self.made.company, "account", "choices", words=WORDS)
        values: list[dict[str, Any]] = [{"name": f"A{at}", self.key: held} for at, held in enumerate(HELD * 2)]
        self.ids = [self.made.company.add("account", **one) for one in values]
        self.begun = self.stored()
        with reading(app) as session:
            found = select(PicklistValue.key, PicklistValue.uid).join(
                StoredPicklist, StoredPicklist.id == PicklistValue.picklist_id
            )
            uids = dict(session.execute(found.where(StoredPicklist.key == f"field.{self.key}")).all())
        self.made.item(story, uids["low"], None, answers={"held": uids["top"]})

    def release(self) -> None:
        with self.made.here.working() as session:
            wave = wave_in(session, self.made.here)
            release_wave(session, wave, speeches=speeches(), by=self.made.here.actor(), at=START, most=2)

    def batch(self, limit: int = 3) -> bool:
        """A step of the job; whether there was one."""
        with working(self.made.app, self.made.here.actor()) as session:
            move_id = session.scalars(select(ReleaseMove.id)).one()
            return next_batch(session, move_id, by=self.made.here.actor(), at=START, limit=limit) is not None

    def stored(self) -> dict[int, list[str]]:
        """What accounts hold, whatever it reads as."""
        with reading(self.made.app) as session:
            rows = session.execute(select(Account.id, Account.__table__.c.ext)).all()
            return {row.id: (row.ext or {}).get(self.key, []) for row in rows if row.id in self.ids}

    def answers(self) -> Any:
        """What filters, conditions, parts of figures, lists and loaded records say."""
        with reading(self.made.app) as session:
            entity = entities["account"]
            field, scope = entity.fields[self.key], Scope(None, self.made.company.by("crm_admin"))
            ids = select(Account.id).where(Account.id.in_(self.ids))
            filters = [read_filters([field], {self.key: [one]}, scope).condition(entity, scope) for one in KEYS]
            tests = [(Comparison.CONTAINS, ("mid", "top")), (Comparison.NONE_OF, ("top",)), (Comparison.IS_EMPTY, ())]
            wheres = [rows_where(entity, [Condition(self.key, test, words)]) for test, words in tests]
            split = split_of_field(field)
            parts = split.join(select(split.column).select_from(Account).where(Account.id.in_(self.ids)))
            asked = select(Account.id, field.column).where(Account.id.in_(self.ids))
            records = session.scalars(select(Account).where(Account.id.in_(self.ids)))
            return (
                [set(session.scalars(ids.where(one))) for one in (*filters, *wheres)],
                Counter(session.scalars(parts)),
                {row[0]: row[1] or [] for row in session.execute(asked)},
                {one.id: getattr(one, self.key) for one in records},
            )

    def expected(self, read: dict[int, list[str]] | None = None) -> Any:
        """The same of what accounts should read as, by hand: as all moved, if nothing else is given."""
        read = {one: moved(words) for one, words in self.begun.items()} if read is None else read
        having = [{one for one, words in read.items() if word in words} for word in KEYS]
        both = {one for one, words in read.items() if {"mid", "top"} <= set(words)}
        without = {one for one, words in read.items() if "top" not in words}
        none = {one for one, words in read.items() if not words}
        parts = Counter(word for words in read.values() for word in (words or NOTHING))
        return [*having, both, without, none], parts, read, read


def moved(words: list[str]) -> list[str]:
    """The words without the lowest, with the top one in its place, in the order of the list where any moved."""
    if "low" not in words:
        return words
    return [one for one in KEYS if one in {"top", *words} - {"low"}]


def come_back_by_steps(here: Several, chance: random.Random, read: dict[int, list[str]]) -> None:
    """The way back: what was there before is answered from the first moment, what is chosen meanwhile stays."""
    assert here.stored() != read
    assert here.answers() == here.expected(read)
    chosen = here.ids[7]
    values: dict[str, Any] = {here.key: ["mid"]}
    while here.batch(chance.randint(1, 3)):
        if chance.random() < 0.5:
            here.made.company.change("account", chance.choice(here.ids), city=f"Lugo {chance.random()}")
        if read[chosen] != ["mid"]:
            here.made.company.change("account", chosen, **values)
            read = {**read, chosen: ["mid"]}
        assert here.answers() == here.expected(read)
    assert here.stored() == read
    assert here.answers() == here.expected(read)


@pytest.mark.parametrize("seed", [1, 5])
def test_several_words_read_the_same_before_while_and_after_they_are_moving(app: Flask, seed: int) -> None:
    chance, here = random.Random(seed), Several(app)  # a walk, no secret
    here.release()
    assert here.stored() == here.begun
    wanted = here.expected()
    assert here.answers() == wanted
    while here.batch(chance.randint(1, 3)):
        if chance.random() < 0.5:  # saved meanwhile, so that it moves with what is saved
            here.made.company.change("account", chance.choice(here.ids), city=f"Vigo {chance.random()}")
        assert here.answers() == wanted
    assert here.stored() == wanted[2]
    assert here.answers() == wanted
    touched = here.ids[0]
    values: dict[str, Any] = {here.key: ["high"]}
    here.made.company.change("account", touched, **values)
    here.made.roll_back()
    come_back_by_steps(here, chance, {**here.begun, touched: ["high"]})
    with reading(app) as session:
        found = select(Change.before, Change.after).where(
            Change.record_kind == "account", Change.record_id == here.ids[1]
        )
        last = session.execute(found.order_by(Change.id.desc()).limit(1)).one()
    assert (last.before[here.key], last.after[here.key]) == (["top"], ["low", "top"])
