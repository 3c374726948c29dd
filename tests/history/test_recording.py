"""Nothing of a recorded class changes without a row that says who, when, before and after."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.auth.models import Area
from implementor.foundation.events import listens_to
from implementor.foundation.permissions import SYSTEM
from implementor.foundation.words import say
from implementor.history.events import RecordChanged
from implementor.history.models import Action, Change
from implementor.history.note import UnrecordedError
from implementor.history.services import name_action, note_many, present_action_id
from implementor.web.database import writing_session
from tests.history.builders import NOON, area, person, reading, working

HEARD: list[RecordChanged] = []


@listens_to(RecordChanged)
def _hear(_session: Session, event: RecordChanged) -> None:
    if event.kind == "area":
        HEARD.append(event)


def changes_of(app: Flask, record_id: int) -> list[Any]:
    with reading(app) as session:
        rows = session.scalars(select(Change).where(Change.record_kind == "area", Change.record_id == record_id))
        return [(row.verb, row.version, row.before, row.after) for row in rows.all()]


def actions(app: Flask) -> list[Action]:
    with reading(app) as session:
        found = session.scalars(select(Action).order_by(Action.id)).all()
        session.expunge_all()
        return list(found)


def test_a_new_record_is_recorded_with_its_values_and_its_author(app: Flask) -> None:
    ana = person(app, "Ana")
    made = area(app, "Sales", ana, head_id=ana.user_id)
    assert changes_of(app, made) == [("created", 1, {}, {"name": "Sales", "head_id": ana.user_id})]
    with reading(app) as session:
        row = session.get_one(Area, made)
        assert (row.created_by_id, row.created_at, row.updated_at) == (ana.user_id, NOON, NOON)


def test_a_change_names_only_the_fields_that_differ(app: Flask) -> None:
    ana, made = person(app, "Ana"), area(app)
    later = NOON + timedelta(hours=1)
    with working(app, ana, later) as (session, _note):
        row = session.get_one(Area, made)
        row.name, row.head_id = "Marketing", None
    assert changes_of(app, made)[1:] == [("changed", 2, {"name": "Sales"}, {"name": "Marketing"})]
    with reading(app) as session:
        assert (session.get_one(Area, made).updated_at, session.get_one(Area, made).updated_by_id) == (
            later,
            ana.user_id,
        )


def test_moments_are_kept_as_text_that_reads_the_same_later(app: Flask) -> None:
    made = area(app)
    with working(app) as (session, _note):
        session.get_one(Area, made).archived_at = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert changes_of(app, made)[1][3] == {"archived_at": "2026-01-02T03:04:05+00:00"}


def test_a_removed_record_leaves_all_its_values(app: Flask) -> None:
    made = area(app)
    with working(app) as (session, _note):
        row = session.get_one(Area, made)
        session.expire(row)
        session.delete(row)
    assert changes_of(app, made)[1:] == [("removed", 1, {"name": "Sales"}, {})]


def test_a_field_set_without_being_read_still_has_its_value_before(app: Flask) -> None:
    made = area(app)
    with working(app) as (session, _note):
        row = session.get_one(Area, made)
        session.expire(row, ["name"])
        row.name = "Marketing"
    assert changes_of(app, made)[1:] == [("changed", 2, {"name": "Sales"}, {"name": "Marketing"})]


def test_setting_what_is_there_already_is_no_change(app: Flask) -> None:
    made = area(app)
    with working(app) as (session, note):
        session.get_one(Area, made).name = "Sales"
    assert len(changes_of(app, made)) == 1
    assert note.action_id is None


def test_one_piece_of_work_is_one_action_however_often_it_is_flushed(app: Flask) -> None:
    first, second = area(app, "Sales"), area(app, "Service")
    with working(app) as (session, note):
        session.get_one(Area, first).name = "A"
        session.flush()
        session.get_one(Area, second).name = "B"
        assert present_action_id(session) == note.action_id
    last = actions(app)[-1]
    assert (last.id, last.record_count, last.verb, last.actor_name) == (note.action_id, 2, "changed", "system")


def test_a_write_without_a_note_is_refused(app: Flask) -> None:
    made = area(app)
    with writing_session(app) as session:
        session.get_one(Area, made).name = "Marketing"
        with pytest.raises(UnrecordedError):
            session.flush()


def test_the_first_name_of_an_action_stays_and_may_come_after_the_flush(app: Flask) -> None:
    with working(app) as (session, _note):
        session.add(Area(name="Sales"))
        session.flush()
        name_action(session, say("Opened %(name)s", name="Sales"), verb="area.open", project_id=7)
        name_action(session, say("Something inner"))
    last = actions(app)[-1]
    assert (str(last.sentence), last.verb, last.project_id) == ("Opened Sales", "area.open", 7)


def test_a_rolled_back_action_is_forgotten(app: Flask) -> None:
    made = area(app)
    with writing_session(app) as session:
        pass
    with working(app) as (session, note):
        session.get_one(Area, made).name = "Lost"
        session.flush()
        session.rollback()
        assert note.action_id is None
        session.get_one(Area, made).name = "Kept"
    assert [after["name"] for _verb, _version, _before, after in changes_of(app, made)] == ["Sales", "Kept"]


def test_a_savepoint_takes_back_only_the_action_that_began_in_it(app: Flask) -> None:
    made = area(app)
    with working(app) as (session, note):
        session.get_one(Area, made).name = "Outer"
        session.flush()
        outer = note.action_id
        savepoint = session.begin_nested()
        session.get_one(Area, made).name = "Inner"
        session.flush()
        savepoint.rollback()
        assert note.action_id == outer
    with working(app) as (session, note):
        savepoint = session.begin_nested()
        session.get_one(Area, made).name = "Inner"
        session.flush()
        savepoint.rollback()
        assert note.action_id is None


def test_bulk_writes_are_noted_as_rows_of_one_action(app: Flask) -> None:
    with working(app) as (session, _note):
        rows = [(number, 2, "changed", {"due": NOON}, {"due": None}) for number in range(1, 4)]
        action_id = note_many(session, "area", rows, project_id=5)  # type: ignore[arg-type]  # verbs are literals
        assert note_many(session, "area", []) is None
    assert changes_of(app, 3) == [("changed", 2, {"due": NOON.isoformat()}, {"due": None})]
    last = actions(app)[-1]
    assert (last.id, last.record_count, last.project_id) == (action_id, 3, 5)


def test_listeners_hear_typed_values_in_the_same_flush(app: Flask) -> None:
    HEARD.clear()
    made = area(app)
    with working(app) as (session, note):
        row = session.get_one(Area, made)
        row.archived_at = NOON
        session.flush()
        heard = HEARD[-1]
    assert (heard.verb, heard.before, heard.after) == ("changed", {"archived_at": None}, {"archived_at": NOON})
    assert (heard.record is row, heard.actor, heard.action_id) == (True, SYSTEM, note.action_id)
