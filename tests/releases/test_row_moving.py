"""Records of a release that are very many follow in a job, and everything reads meanwhile as if they had moved."""

import random
from collections import Counter
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, insert, select

from implementor.configuration.first_use import speeches
from implementor.configuration.models import StoredPicklist
from implementor.configuration.services.words import restore_word
from implementor.configuration.snapshots import now_live
from implementor.crm.accounts.models import Account
from implementor.foundation.conditions import Comparison, Condition
from implementor.foundation.fields import Scope, entities
from implementor.foundation.filters import read_filters
from implementor.foundation.matching import rows_where
from implementor.history.models import Change
from implementor.jobs.models import Job
from implementor.jobs.running import run_inline
from implementor.lists.queries import group_sizes
from implementor.releases.move_care import go_on_moving
from implementor.releases.move_models import ReleaseMove
from implementor.releases.release_models import ReleaseRow
from implementor.releases.release_services import release_wave
from implementor.releases.release_trial import NotClean
from implementor.releases.row_moving import TASK, next_batch
from tests.auth.builders import reading, working
from tests.configuration.builders import live_now
from tests.machinery.statements import counting
from tests.releases.release_builders import shop
from tests.waves.builders import START, wave_in

SOME = 12


class Moving:
    """A release that retires an industry of some accounts, whose records a job is to move."""

    def __init__(self, app: Flask, count: int = SOME) -> None:
        self.made, (story,) = shop(app)
        self.old, self.new, self.other = self.made.words()[:3]
        self.add_many([(f"Acme {place}", (self.old, self.new, self.other, None)[place % 4]) for place in range(count)])
        self.begun = self.stored()
        self.made.retired(story, self.old, answers={"held": self.made.word(self.new).uid})

    def add_many(self, rows: list[tuple[str, str | None]]) -> None:
        """Accounts by one statement, as an import writes them."""
        first = self.made.account("First", None)
        with reading(self.made.app) as session:
            like = dict(session.execute(select(Account.__table__).where(Account.id == first)).mappings().one())
        like.pop("id")
        with self.made.company.working() as session:
            values = [{**like, "name": name, "name_key": name.casefold(), "industry": word} for name, word in rows]
            session.execute(insert(Account), values)

    def multiply(self, name: str, times: int) -> None:
        """Twice as many of what begins like this, so many times."""
        table: Any = Account.__table__
        columns = [one for one in table.c if one.name != "id"]
        with self.made.company.working() as session:
            for _ in range(times):
                twice = select(*columns).where(table.c.name.startswith(name))
                session.connection().execute(insert(table).from_select([one.name for one in columns], twice))

    def release(self, most: int = 2) -> None:
        """Bring the wave live; more than `most` records follow in a job."""
        with self.made.here.working() as session:
            wave, by = wave_in(session, self.made.here), self.made.here.actor()
            release_wave(session, wave, speeches=speeches(), by=by, at=START, most=most)

    def batch(self, limit: int = 2) -> bool:
        """One step of the job; whether there was one."""
        moved = False
        with working(self.made.app, self.made.here.actor()) as session:
            for one in session.scalars(select(ReleaseMove).order_by(ReleaseMove.id)).all():
                moved = next_batch(session, one.id, by=self.made.here.actor(), at=START, limit=limit) is not None
        return moved

    def batch_until_done(self) -> None:
        """The rest of the job."""
        while self.batch(limit=5):
            pass

    def jobs(self) -> list[int]:
        """The ids of jobs that were asked for."""
        with reading(self.made.app) as session:
            return list(session.scalars(select(Job.id).where(Job.kind == TASK)))

    def run_job(self, **more: Any) -> Job:
        """Let the worker do the job that waits."""
        with working(self.made.app) as session:
            job = session.scalars(select(Job).where(Job.kind == TASK).order_by(Job.id.desc()).limit(1)).one()
            job.arguments = {**job.arguments, **more}
            job_id = job.id
        return run_inline(self.made.app, job_id)

    def go_back(self) -> None:
        """Roll the release back, and let the job take back what moved."""
        self.made.roll_back()
        self.batch_until_done()

    def stored(self) -> dict[int, str | None]:
        """What accounts hold, whatever it reads as."""
        table = Account.__table__
        with reading(self.made.app) as session:
            return dict(session.execute(select(table.c.id, table.c.industry)).all())

    def answers(self) -> Any:
        """What filters, groups, conditions and loaded records say of the industry of accounts."""
        with reading(self.made.app) as session:
            field = entities["account"].fields["industry"]
            scope = Scope(None, self.made.company.by("crm_admin"))
            ids = select(Account.id)
            asked = {
                word: read_filters([field], {"industry": [word or "none"]}, scope).condition(entities["account"], scope)
                for word in (self.old, self.new, self.other, None)
            }
            equal = Condition("industry", Comparison.NONE_OF, (self.new,))
            return (
                {word: set(session.scalars(ids.where(found))) for word, found in asked.items()},
                {one.id: one.industry for one in session.scalars(select(Account))},
                dict(session.execute(select(Account.id, field.column)).all()),
                dict(session.execute(group_sizes(select(Account), field)).all()),
                set(session.scalars(ids.where(rows_where(entities["account"], [equal])))),
            )

    def expected(self, held: dict[int, str | None]) -> Any:
        """The same of what accounts should hold."""
        words = (self.old, self.new, self.other, None)
        by_word = {word: {one for one, value in held.items() if value == word} for word in words}
        not_new = {one for one, value in held.items() if value != self.new}
        return by_word, held, held, dict(Counter(held.values())), not_new


@pytest.mark.parametrize("seed", [3, 8])
def test_the_same_is_answered_before_while_and_after_records_move(app: Flask, seed: int) -> None:
    chance = random.Random(seed)  # a walk, no secret
    here = Moving(app)
    held = {one: here.new if word == here.old else word for one, word in here.begun.items()}
    here.release()
    assert here.stored() == here.begun
    touched: set[int] = set()
    for _step in range(14):
        assert here.answers() == here.expected(held)
        one = chance.choice(sorted(held))
        match chance.choice(("batch", "batch", "save", "change", "add")):
            case "batch":
                here.batch(limit=1)
            case "save":
                here.made.company.change("account", one, city="Vigo")
                assert here.stored()[one] == held[one]
            case "change":
                held[one] = here.other
                touched.add(one)
                here.made.company.change("account", one, industry=here.other)
            case _:
                added = here.made.account(f"New {_step}", here.old)
                held[added] = here.new
    here.batch_until_done()
    assert here.answers() == here.expected(held)
    assert here.stored() == held
    back = {one for one, word in here.begun.items() if word == here.old} - touched
    held = {one: here.old if one in back else word for one, word in held.items()}
    come_back_by_steps(here, chance, held)


def come_back_by_steps(here: Moving, chance: random.Random, held: dict[int, str | None]) -> None:
    """The way back of a release: what is held is answered before, while and after records come back."""
    here.made.roll_back()
    for _step in range(10):
        assert here.answers() == here.expected(held)
        one = chance.choice(sorted(held))
        match chance.choice(("batch", "batch", "save", "choose", "undo", "add")):
            case "batch":
                here.batch(limit=1)
            case "save":
                here.made.company.change("account", one, city=f"Vigo {_step}")
            case "choose":
                held[one] = chance.choice([word for word in (here.old, here.new, here.other) if word != held[one]])
                here.made.company.change("account", one, industry=held[one])
            case "undo":
                here.made.company.change("account", one, industry=None if held[one] else here.new)
                assert here.answers() == here.expected({**held, one: None if held[one] else here.new})
                here.made.company.undo()
            case _:
                held[here.made.account(f"Late {_step}", here.new)] = here.new
    while here.batch(limit=1):
        assert here.answers() == here.expected(held)
    assert here.answers() == here.expected(held)
    assert here.stored() == held
    assert not live_now(here.made.app).returning


def test_the_job_moves_what_was_brought_in_meanwhile_too_and_does_nothing_twice(app: Flask) -> None:
    here = Moving(app)
    here.release()
    here.add_many([("Bolt", here.old), ("Cobalt", here.new)])
    job = here.run_job(limit=3)
    assert (job.state, job.result, here.old in here.stored().values()) == ("done", {"moves": 1}, False)
    with reading(app) as session:
        assert not session.scalars(select(ReleaseMove).where(ReleaseMove.ended_at.is_(None))).all()
        moved = set(session.scalars(select(ReleaseRow.record_id)))
        changed = session.scalars(select(Change).where(Change.record_kind == "account", Change.verb == "changed")).all()
        assert not now_live(session).moving
    assert {one.record_id for one in changed} == moved
    assert {((one.before or {})["industry"], (one.after or {})["industry"]) for one in changed} == {
        (here.old, here.new)
    }
    assert here.made.release().row_count == len(moved) == 4
    before = here.stored()
    assert not here.batch()
    assert here.stored() == before


def test_rolling_back_while_records_move_stops_that_and_takes_back_what_moved(app: Flask) -> None:
    here = Moving(app)
    here.release()
    here.batch(limit=1)
    touched = next(one for one, word in here.stored().items() if here.begun[one] == here.old and word == here.new)
    here.made.company.change("account", touched, industry=here.other)
    here.batch(limit=1)
    here.made.roll_back()
    assert here.made.release().state == "rolled_back"
    assert here.answers() == here.expected({**here.begun, touched: here.other})
    with pytest.raises(NotClean, match="still moving"):
        here.release()
    assert here.run_job().state == "done"
    assert here.stored() == {**here.begun, touched: here.other}
    with reading(app) as session:
        assert [one.state for one in session.scalars(select(ReleaseMove))] == ["returned"]
    here.release()
    here.batch_until_done()
    assert here.old not in here.stored().values()


@pytest.mark.sqlite_only("a job is asked for alike on both databases")
def test_the_page_says_how_far_it_is_and_a_job_that_was_given_up_is_asked_for_again(app: Flask) -> None:
    here = Moving(app)
    here.release()
    here.batch(limit=1)
    page = here.made.here.browser().get(here.made.here.url("/releases/1")).text
    assert "Accounts, Industry: being moved, 1 of 3" in page
    assert "as if all of them had moved" in page
    assert go_on_moving(app) == 0
    with working(app) as session:
        session.scalars(select(Job).where(Job.kind == TASK)).one().state = "failed"
    assert go_on_moving(app) == 1
    assert here.run_job().state == "done"
    assert go_on_moving(app) == 0
    assert "Accounts, Industry: moved, 3 of 3" in here.made.here.browser().get(here.made.here.url("/releases/1")).text


def test_a_word_that_is_taken_into_use_again_meanwhile_keeps_the_rest(app: Flask) -> None:
    here = Moving(app)
    here.release()
    here.batch(limit=1)
    with here.made.company.working("crm_admin") as session:
        word = here.made.word(here.old, session)
        of = session.get_one(StoredPicklist, word.picklist_id)
        restore_word(session, of, word, by=here.made.company.by("crm_admin"), at=START)
    before = here.stored()
    assert not here.batch()
    assert here.stored() == before
    assert Counter(before.values())[here.old] == 2


def test_a_word_of_very_many_records_is_retired_at_once(app: Flask) -> None:
    here = Moving(app, 4)
    here.add_many([("Very many", here.old)])
    here.multiply("Very many", 14)
    with counting() as statements:
        here.release(most=2000)
    assert len(statements) < 150
    count = 2**14
    with reading(app) as session:
        found = select(func.count()).select_from(Account)
        field = entities["account"].fields["industry"].column
        assert [session.scalar(found.where(field == word)) for word in (here.old, here.new)] == [0, count + 2]
    assert here.run_job(limit=4000).state == "done"
    assert Counter(here.stored().values())[here.new] == count + 2
    assert here.made.release().row_count == count + 1
