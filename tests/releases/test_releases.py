"""The settings of a wave go live with it: planned, tried, applied in one piece, and rolled back as one."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from implementor.foundation.model import Model
from implementor.governance.models import Decision
from implementor.history.models import Action
from implementor.history.services import CannotUndo, undo_action
from implementor.notifications.models import Notice
from implementor.releases.item_models import ConfigItem
from implementor.releases.release_planning import plan_of, waivers_of
from implementor.releases.release_return import CannotReturn
from implementor.releases.release_services import settle_drift, waive
from implementor.releases.release_trial import NotClean, rehearsed
from tests.auth.builders import reading
from tests.releases.release_builders import Shop, shop
from tests.waves.builders import START, story_now, wave_in, wave_now


def test_settings_go_live_with_their_wave_and_back_with_its_release(app: Flask) -> None:
    made, (story,) = shop(app, "See the industry")
    first = made.words()
    made.new_word(story, "Space travel", "Viajes espaciales")
    held = made.account("Acme", first[0])
    made.retired(story, first[0], answers={"held": made.word(first[1]).uid})
    made.close()
    release = made.release()
    assert made.words() == [*first[1:], "space_travel"]
    assert made.industry_of(held) == first[1]
    assert (release.operation_count, release.row_count, release.state) == (2, 1, "applied")
    assert wave_now(made.here).stage == "adoption"
    made.roll_back()
    assert set(made.words()) == set(first)
    assert made.industry_of(held) == first[0]
    assert story_now(made.here, story).status == "validated"
    assert wave_now(made.here).stage == "implementation"
    made.close()
    assert made.release(2).operation_count == 2
    assert "space_travel" in made.words()


def everything(app: Flask) -> dict[str, Any]:
    """Every row of every table."""
    with reading(app) as session:
        tables = Model.metadata.sorted_tables
        return {table.name: sorted(map(repr, session.execute(select(table)))) for table in tables}


def test_a_dry_run_leaves_nothing_and_tells_what_it_found(app: Flask) -> None:
    made, (story,) = shop(app)
    words = made.words()
    made.account("Acme", words[0])
    made.retired(story, words[0], answers={"held": made.word(words[1]).uid})
    made.new_word(story, "Space travel")
    made.new_word(story, "space TRAVEL")
    before = everything(app)
    with made.here.working() as session:
        plan = plan_of(session, wave_in(session, made.here))
        tried = rehearsed(session, plan, project_id=made.here.project_id, by=made.here.actor(), at=START)
    assert everything(app) == before
    assert [one.moves for one in tried] == [1, 0, 0]
    assert tried[0].findings[0].count == 1
    assert "this name already" in str(tried[2].refusal)
    assert made.try_out().blocking[0].item.label_en == "Setting 3"


@pytest.mark.sqlite_only("rules over what was read; what reads and writes is tried on both beside")
def test_what_blocks_keeps_the_wave_from_closing_and_nothing_changes(app: Flask) -> None:
    made, (story,) = shop(app)
    words = made.words()
    made.account("Acme", words[0])
    made.new_word(story, "Space travel")
    made.retired(story, words[0])
    with pytest.raises(NotClean, match="Setting 2"):
        made.close()
    assert made.words() == words
    assert wave_now(made.here).stage == "implementation"
    with reading(app) as session:
        assert session.scalar(select(func.count()).select_from(Action).where(Action.verb == "release.apply")) == 0


@pytest.mark.sqlite_only("rules over what was read; what reads and writes is tried on both beside")
def test_a_waiver_covers_as_many_records_as_there_were(app: Flask) -> None:
    made, (story,) = shop(app)
    word = made.words()[0]
    made.account("Acme", word)
    made.retired(story, word)
    verdict = made.try_out()
    (step,) = verdict.blocking
    with made.here.working() as session:
        waive(session, step, verdict.of(step)[0], reason="They are old.", by=made.here.actor(), at=START)
    assert made.verdict().may_go_live
    made.account("Bolt", word)
    assert not made.try_out().may_go_live
    with pytest.raises(NotClean):
        made.close()


def choose(made: Shop, choice: str) -> None:
    """Settle the drift of the first item that drifted."""
    with made.here.working() as session:
        plan = plan_of(session, wave_in(session, made.here))
        step = next(one for one in plan.steps if one.drift is not None)
        settle_drift(session, step, choice, by=made.here.actor(), at=START)


@pytest.mark.sqlite_only("rules over what was read; what reads and writes is tried on both beside")
@pytest.mark.parametrize(
    ("choice", "english", "spanish", "count"),
    [("adopt", "By hand", "De la ola", 1), ("overwrite", "Of the wave", "De la ola", 1), ("drop", "By hand", "", 0)],
)
def test_drift_is_adopted_overwritten_or_dropped(
    app: Flask, choice: str, english: str, spanish: str, count: int
) -> None:
    made, (story,) = shop(app)
    key = made.words()[0]
    made.renamed(story, key, "Of the wave", "De la ola")
    made.rename_by_hand(key, "By hand")
    with pytest.raises(NotClean, match="outside of this wave"):
        made.close()
    choose(made, choice)
    made.close()
    word = made.word(key)
    assert word.label_en == english
    assert not spanish or word.label_es == spanish
    with reading(app) as session:
        assert session.scalar(select(func.count()).where(ConfigItem.state == "live")) == count


@pytest.mark.sqlite_only("rules over what was read; what reads and writes is tried on both beside")
def test_a_choice_holds_for_the_state_it_was_made_of_alone(app: Flask) -> None:
    made, (story,) = shop(app)
    key = made.words()[0]
    made.renamed(story, key, "Of the wave")
    made.rename_by_hand(key, "By hand")
    choose(made, "overwrite")
    assert not made.verdict().plan.steps[0].waits_for_choice
    made.rename_by_hand(key, "By hand again")
    assert made.verdict().plan.steps[0].waits_for_choice


def test_what_is_done_already_is_no_drift_and_two_stories_may_change_one_word(app: Flask) -> None:
    made, (first, second) = shop(app, "Sell", "Serve")
    one, other = made.words()[:2]
    made.renamed(first, one, "Mining", "Minería")
    made.retired(second, other)
    made.retire_by_hand(other)
    made.renamed(second, one, "Mining and more", "Minería")
    plan = made.verdict().plan
    assert [step.is_idle for step in plan.steps] == [False, True, False]
    made.close()
    assert made.word(one).label_en == "Mining and more"
    made.roll_back()
    assert other not in made.words()


@pytest.mark.sqlite_only("rules over what was read; what reads and writes is tried on both beside")
@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda made: made.rename_by_hand("space_travel", "Orbit"), "changed this since"),
        (lambda made: again(made), "Roll these back first: 2"),
        (lambda made: made.roll_back(), "rolled back already"),
    ],
)
def test_what_speaks_against_the_way_back_is_said(app: Flask, spoil: Callable[[Shop], None], why: str) -> None:
    made, (story,) = shop(app)
    made.new_word(story, "Space travel", "Viajes")
    made.close()
    spoil(made)
    with pytest.raises(CannotReturn, match=why):
        made.roll_back()


def again(made: Shop) -> None:
    """A later release changes the same word."""
    (story,) = {step.story.id for step in made.verdict().plan.steps} or {1}
    made.renamed(story, "space_travel", "Orbit", "Órbita")
    assert made.apply() is not None


def test_records_that_somebody_touched_since_stay(app: Flask) -> None:
    made, (story,) = shop(app)
    old, new, third = made.words()[:3]
    moved, touched = made.account("Acme", old), made.account("Bolt", old)
    made.retired(story, old, answers={"held": made.word(new).uid})
    made.close()
    made.company.change("account", touched, industry=third)
    made.roll_back()
    assert (made.industry_of(moved), made.industry_of(touched)) == (old, third)


def test_a_release_is_undone_as_a_whole_and_by_a_decision(app: Flask) -> None:
    made, (story,) = shop(app)
    made.new_word(story, "Space travel")
    made.close()
    with made.here.working() as session:
        for action in session.scalars(select(Action).where(Action.verb.in_(["wave.go_live", "release.apply"]))).all():
            with pytest.raises(CannotUndo):
                undo_action(session, action, by=made.here.actor(), at=START)
    assert (wave_now(made.here).stage, story_now(made.here, story).status) == ("adoption", "live")
    made.roll_back(reason="The sellers were not trained.")
    with reading(app) as session:
        decision = session.scalars(select(Decision)).one()
        assert decision.reason == "The sellers were not trained."
        assert made.release().decision_id == decision.id


@pytest.mark.sqlite_only("rules over what was read; what reads and writes is tried on both beside")
def test_everybody_of_the_crm_is_told_and_notes_are_in_both_languages(app: Flask) -> None:
    made, (story,) = shop(app, "Know the *industry*")
    made.new_word(story, "Space travel", "Viajes espaciales")
    made.close()
    release = made.release()
    assert "## Know the \\*industry\\*" in release.notes_en
    assert "So that nobody types it twice" in release.notes_en
    assert "Setting 1" in release.notes_en
    assert "Ajuste 1" in release.notes_es
    with reading(app) as session:
        told = set(session.scalars(select(Notice.user_id).where(Notice.kind == "release.applied")))
    assert told == {made.company.people[who].id for who in ("seller", "mate", "manager", "elsewhere", "crm_admin")}


@pytest.mark.sqlite_only("rules over what was read; what reads and writes is tried on both beside")
def test_items_of_stories_that_are_not_validated_stay_behind(app: Flask) -> None:
    made, (first, second) = shop(app, "Sell", "Serve")
    made.new_word(first, "Space travel")
    made.new_word(second, "Farming")
    with made.here.working() as session:
        session.get_one(type(story_now(made.here, second)), second).status = "doing"
    verdict = made.verdict()
    assert [len(verdict.plan.steps), len(verdict.plan.left_out)] == [1, 1]
    with reading(app) as session:
        assert waivers_of(session, verdict.plan) == {}
