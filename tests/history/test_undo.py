"""Taking back what was done, without taking back what came after it."""

from datetime import timedelta

import pytest
from flask import Flask

from implementor.auth.models import Area, User
from implementor.foundation.errors import NotFound, Refusal
from implementor.foundation.permissions import Actor, Role
from implementor.foundation.words import say
from implementor.history.models import Action
from implementor.history.restoring import Kept, Restorer, undoable
from implementor.history.services import CannotUndo, UndoReport, undo_action, visible_action
from tests.history.builders import NOON, area, person, reading, working
from tests.machinery.statements import counting


def change_name(app: Flask, area_id: int, name: str, by: Actor) -> int:
    with working(app, by) as (session, note):
        session.get_one(Area, area_id).name = name
        session.flush()
        assert note.action_id is not None
        return note.action_id


def undo(app: Flask, action_id: int, by: Actor, days: int = 0) -> tuple[UndoReport, int]:
    at = NOON + timedelta(days=days)
    with working(app, by, at) as (session, note):
        report = undo_action(session, session.get_one(Action, action_id), by=by, at=at)
        assert note.action_id is not None
        return report, note.action_id


def name_of(app: Flask, area_id: int) -> str:
    with reading(app) as session:
        return session.get_one(Area, area_id).name


def test_a_change_is_taken_back_and_done_again(app: Flask) -> None:
    ana, made = person(app, "Ana"), area(app)
    report, undone = undo(app, change_name(app, made, "Marketing", ana), ana)
    assert (name_of(app, made), report.restored, report.kept) == ("Sales", 1, [])
    undo(app, undone, ana)
    assert name_of(app, made) == "Marketing"


def test_what_was_changed_again_since_is_kept_and_named(app: Flask) -> None:
    ana, made = person(app, "Ana"), area(app)
    with working(app, ana) as (session, note):
        row = session.get_one(Area, made)
        row.name, row.head_id = "Marketing", ana.user_id
    change_name(app, made, "Field sales", ana)
    assert note.action_id is not None
    report, _undone = undo(app, note.action_id, ana)
    with reading(app) as session:
        row = session.get_one(Area, made)
        assert (row.name, row.head_id) == ("Field sales", None)
    assert [(kept.kind, kept.record_id, kept.field) for kept in report.kept] == [("area", made, "name")]


def test_a_new_record_is_put_away_and_comes_back(app: Flask) -> None:
    ana = person(app, "Ana")
    with working(app, ana) as (session, note):
        session.add(Area(name="Sales"))
    assert note.action_id is not None
    _report, undone = undo(app, note.action_id, ana)
    with reading(app) as session:
        row = session.query(Area).one()
        assert (row.is_archived, row.archived_by_id) == (True, ana.user_id)
    undo(app, undone, ana)
    with reading(app) as session:
        assert session.query(Area).one().is_archived is False


def test_a_removed_record_comes_back_under_its_number(app: Flask) -> None:
    ana, made = person(app, "Ana"), area(app)
    with working(app, ana) as (session, note):
        session.delete(session.get_one(Area, made))
    assert note.action_id is not None
    undo(app, note.action_id, ana)
    assert name_of(app, made) == "Sales"


def test_nothing_is_taken_back_twice_or_after_thirty_days(app: Flask) -> None:
    ana, made = person(app, "Ana"), area(app)
    action_id = change_name(app, made, "Marketing", ana)
    with pytest.raises(CannotUndo, match="30 days"):
        undo(app, action_id, ana, days=31)
    undo(app, action_id, ana, days=30)
    with pytest.raises(CannotUndo, match="already"):
        undo(app, action_id, ana)


def test_only_its_author_the_lead_or_the_pmo_takes_something_back(app: Flask) -> None:
    ana, ben, made = person(app, "Ana"), person(app, "Ben"), area(app)
    pmo = person(app, "Pia", Role.PMO)
    action_id = change_name(app, made, "Marketing", ana)
    with pytest.raises(CannotUndo, match="Only the person"):
        undo(app, action_id, ben)
    undo(app, action_id, pmo)
    assert name_of(app, made) == "Sales"


def test_actions_of_others_outside_projects_are_not_found(app: Flask) -> None:
    ana, ben, made = person(app, "Ana"), person(app, "Ben"), area(app)
    action_id = change_name(app, made, "Marketing", ana)
    with reading(app) as session:
        assert visible_action(session, action_id, by=ana)[0].id == action_id
        for hidden in (action_id, 10**9):
            with pytest.raises(NotFound):
                visible_action(session, hidden, by=ben)


def test_a_kind_nobody_can_put_back_refuses_and_changes_nothing(app: Flask) -> None:
    ana = person(app, "Ana")
    assert "user" not in undoable
    with working(app, ana) as (session, note):
        session.get_one(User, ana.user_id).name = "Anna"
    assert note.action_id is not None
    with pytest.raises(CannotUndo):
        undo(app, note.action_id, ana)
    with reading(app) as session:
        assert session.get_one(Action, note.action_id).is_undone is False


def test_a_kind_may_put_itself_back_by_its_own_rules(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    ana, made = person(app, "Ana"), area(app)

    def shout(_session: object, record: Area, values: dict[str, str], _by: Actor, _at: object) -> None:
        record.name = values["name"].upper()

    monkeypatch.setitem(undoable, "area", Restorer(Area, shout))
    undo(app, change_name(app, made, "Marketing", ana), ana)
    assert name_of(app, made) == "SALES"


def test_a_rule_of_the_kind_keeps_only_its_own_record(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    ana, first, second = person(app, "Ana"), area(app, "Sales"), area(app, "Service")

    def refuse_sales(_session: object, record: Area, values: dict[str, str], _by: Actor, _at: object) -> None:
        record.name = values["name"]
        if record.id == first:
            raise Refusal(say("Sales stays."))

    monkeypatch.setitem(undoable, "area", Restorer(Area, refuse_sales))
    with working(app, ana) as (session, note):
        session.get_one(Area, first).name = "A"
        session.get_one(Area, second).name = "B"
    assert note.action_id is not None
    report, _undone = undo(app, note.action_id, ana)
    assert (name_of(app, first), name_of(app, second), report.restored) == ("A", "Service", 1)
    assert [str(kept.reason) for kept in report.kept] == ["Sales stays."]


def test_many_records_come_back_in_few_statements(app: Flask) -> None:
    ana = person(app, "Ana")
    made = [area(app, f"Area {number}") for number in range(40)]
    with working(app, ana) as (session, note):
        for row in session.query(Area).all():
            row.head_id = ana.user_id
    assert note.action_id is not None
    with counting() as statements:
        report, _undone = undo(app, note.action_id, ana)
    assert report.restored == len(made)
    assert len([one for one in statements if one.startswith("SELECT")]) <= 5


def test_records_that_are_gone_are_kept_out_with_a_reason(app: Flask) -> None:
    ana, first, second = person(app, "Ana"), area(app, "Sales"), area(app, "Service")
    with working(app, ana) as (session, note):
        session.get_one(Area, first).name = "A"
        session.get_one(Area, second).name = "B"
    with working(app, ana) as (session, _later):
        session.delete(session.get_one(Area, second))
    assert note.action_id is not None
    report, _undone = undo(app, note.action_id, ana)
    assert (name_of(app, first), report.restored) == ("Sales", 1)
    assert report.kept == [Kept("area", second, None, report.kept[0].reason)]
