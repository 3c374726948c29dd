"""Two people edit one record: different fields join by themselves, one field needs a person."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import update

from implementor.auth.models import Area
from implementor.foundation.fields import Choice, Field, Kind
from implementor.foundation.words import say
from implementor.history.conflict import FieldConflict
from implementor.history.crossing import crossing, raw
from implementor.history.services import StaleEdit, reconcile
from tests.history.builders import NOON, area, person, working


def test_an_edit_of_the_present_version_is_saved_as_it_is(app: Flask) -> None:
    made = area(app)
    with working(app) as (session, _note):
        values = {"name": "Mine", "head_id": None}
        assert reconcile(session, session.get_one(Area, made), version=1, values=values) == values


def test_different_fields_join_by_themselves(app: Flask) -> None:
    ana, made = person(app, "Ana"), area(app)
    with working(app, ana) as (session, _note):
        session.get_one(Area, made).head_id = ana.user_id
    with working(app) as (session, _note):
        row = session.get_one(Area, made)
        joined = reconcile(session, row, version=1, values={"name": "Mine", "head_id": None})
    assert joined == {"name": "Mine", "head_id": ana.user_id}


def test_one_field_with_two_texts_is_put_before_a_person(app: Flask) -> None:
    ana, made = person(app, "Ana"), area(app)
    with working(app, ana) as (session, _note):
        session.get_one(Area, made).name = "Theirs"
    with working(app) as (session, _note), pytest.raises(StaleEdit) as stale:
        reconcile(session, session.get_one(Area, made), version=1, values={"name": "Mine", "head_id": None})
    assert stale.value.conflicts == [FieldConflict("name", "Sales", "Mine", "Theirs", "Ana", NOON)]
    assert stale.value.merged == {"head_id": None}


def test_a_change_that_history_does_not_know_is_never_overwritten(app: Flask) -> None:
    made = area(app)
    with working(app) as (session, _note):
        session.execute(update(Area).where(Area.id == made).values(name="Behind the back", version=2))
    with working(app) as (session, _note), pytest.raises(StaleEdit) as stale:
        reconcile(session, session.get_one(Area, made), version=1, values={"name": "Mine"})
    assert [(one.theirs, one.by) for one in stale.value.conflicts] == [("Behind the back", None)]


def test_a_version_of_the_future_is_no_way_around(app: Flask) -> None:
    made = area(app)
    with working(app) as (session, _note), pytest.raises(StaleEdit):
        reconcile(session, session.get_one(Area, made), version=99, values={"name": "Mine"})


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (Kind.LINE, None, ""),
        (Kind.YES_NO, False, ""),
        (Kind.YES_NO, True, "y"),
        (Kind.DATE, date(2026, 3, 1), "2026-03-01"),
        (Kind.DECIMAL, Decimal("3.50"), "3.5"),
        (Kind.TAGS, ["a", "b"], "a, b"),
        (Kind.WHOLE, 7, "7"),
        (Kind.LINE, "text", "text"),
        (Kind.MONEY, 123456, "1234.56 EUR"),
        (Kind.PERCENT, Decimal("0.125"), "12.5"),
    ],
)
def test_values_travel_through_the_form_as_they_are_typed(kind: Kind, value: object, text: str) -> None:
    assert raw(Field("x", kind, say("Field"), Area.name.expression), value) == text


def test_the_page_gets_labels_and_what_ticking_sends() -> None:
    owner = Field("owner_id", Kind.REFERENCE, say("Owner"), Area.head_id.expression)
    state = Field("state", Kind.CHOICE, say("State"), Area.name.expression, choices=(Choice("a", say("Open")),))
    due = Field("due", Kind.DATE, say("Due"), Area.name.expression)
    stale = StaleEdit(
        [
            FieldConflict("owner_id", None, 2, 1, "Ana", NOON),
            FieldConflict("state", "a", "a", None, "Ana", NOON),
            FieldConflict("due", None, date(2026, 1, 1), date(2026, 1, 2), "Ana", NOON),
        ],
        {"name": None, "size": Decimal("2.0")},
    )
    name = Field("name", Kind.LINE, say("Name"), Area.name.expression)
    size = Field("size", Kind.DECIMAL, say("Size"), Area.name.expression)
    catalogue = {"owner_id": owner, "state": state, "due": due, "name": name, "size": size}
    shown = crossing(stale, catalogue, {"owner_id": {"1": "Ana"}, "state": {"a": say("Open")}}, {})
    words = [(str(one.mine), str(one.theirs), one.theirs_raw) for one in shown.fields]
    assert words == [
        ("something that can no longer be chosen", "Ana", "1"),
        ("Open", "None", ""),
        ("2026-01-01", "2026-01-02", None),
    ]
    assert shown.settled == [("name", ""), ("size", "2")]
