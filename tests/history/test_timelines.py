"""A record's page tells what happened to it, in words and in a fixed number of statements."""

from datetime import timedelta

import pytest
from flask import Flask

from implementor.auth.models import Area
from implementor.foundation.fields import Scope
from implementor.foundation.pages import BadCursor
from implementor.foundation.permissions import Actor
from implementor.history.models import Action
from implementor.history.services import undo_action
from implementor.history.timeline import Entry, Timeline, timeline_of
from tests.history.builders import NOON, area, person, reading, working
from tests.machinery.statements import counting


def timeline(app: Flask, area_id: int, by: Actor, after: str | None = None, limit: int = 30) -> Timeline:
    with reading(app) as session:
        return timeline_of(session, "area", area_id, Scope(None, by), at=NOON, after=after, limit=limit)


def told(entry: Entry) -> tuple[str, list[tuple[str, str, str]]]:
    fields = [(str(one.field.label), str(one.before), str(one.after)) for one in entry.fields]
    return str(entry.text), fields


def rename(app: Flask, area_id: int, by: Actor, *names: str) -> None:
    for number, name in enumerate(names):
        with working(app, by, NOON - timedelta(days=1) + timedelta(minutes=number)) as (session, _note):
            session.get_one(Area, area_id).name = name


def test_entries_say_who_did_what_newest_first(app: Flask) -> None:
    ana = person(app, "Ana")
    with working(app, ana, NOON - timedelta(days=2)) as (session, _note):
        session.add(Area(id=1, name="Sales"))
    with working(app, ana, NOON - timedelta(days=1)) as (session, _note):
        row = session.get_one(Area, 1)
        row.name, row.head_id = "Marketing", ana.user_id
    entries = timeline(app, 1, ana).entries
    assert [entry.who for entry in entries] == ["Ana", "Ana"]
    text, fields = told(entries[0])
    assert ("Name", "Sales", "Marketing") in fields
    assert any((before, after) == ("None", "Ana") for _label, before, after in fields)
    assert text.startswith("Changed ")
    assert told(entries[1]) == ("Created this", [])


def test_putting_away_and_taking_back_have_words_of_their_own(app: Flask) -> None:
    ana, made = person(app, "Ana"), area(app)
    with working(app, ana, NOON + timedelta(minutes=1)) as (session, note):
        session.get_one(Area, made).archived_at = NOON
    with working(app, ana, NOON + timedelta(minutes=2)) as (session, _note):
        undo_action(session, session.get_one(Action, note.action_id), by=ana, at=NOON)
    texts = [str(entry.text) for entry in timeline(app, made, ana).entries]
    assert texts == ["Took back: Changed 1 record", "Archived this", "Created this"]


def test_only_what_one_may_take_back_carries_a_button(app: Flask) -> None:
    ana, ben, made = person(app, "Ana"), person(app, "Ben"), area(app)
    rename(app, made, ana, "Marketing")
    assert timeline(app, made, ana).entries[-1].undo_action_id is not None
    assert {entry.undo_action_id for entry in timeline(app, made, ben).entries} == {None}


def test_pages_continue_without_gap_or_repetition(app: Flask) -> None:
    ana, made = person(app, "Ana"), area(app)
    rename(app, made, ana, *(f"Name {number}" for number in range(7)))
    seen, after = [], None
    while True:
        page = timeline(app, made, ana, after, limit=3)
        seen += [entry.key for entry in page.entries]
        after = page.next
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 8
    with pytest.raises(BadCursor):
        timeline(app, made, ana, "not a moment")


def test_the_number_of_statements_does_not_grow(app: Flask) -> None:
    ana, made = person(app, "Ana"), area(app)
    counts = []
    for names in (["A"], [f"Name {number}" for number in range(20)]):
        rename(app, made, ana, *names)
        with working(app, ana) as (session, _note):
            row = session.get_one(Area, made)
            row.head_id = ana.user_id if row.head_id is None else None
        with counting() as statements:
            timeline(app, made, ana)
        counts.append(len([one for one in statements if one.startswith("SELECT")]))
    assert counts[0] == counts[1] <= 6
