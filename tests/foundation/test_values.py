"""What people type becomes what is stored, or a sentence that says why not."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import column

from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Choice, Field, Kind
from implementor.foundation.values import BadValue, as_stored, checked
from implementor.foundation.words import say
from implementor.stories.catalogue import STORY


def field_of(kind: Kind, **more: Any) -> Field:
    return Field("x", kind, say("Field"), column("x"), **more)


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        (Kind.LINE, "  two \t words ", "two words"),
        (Kind.TEXT, "a\r\nb", "a\nb"),
        (Kind.WHOLE, "12", 12),
        (Kind.WHOLE, "12.0", 12),
        (Kind.DECIMAL, "0,5", Decimal("0.5")),
        (Kind.DECIMAL, 3, Decimal(3)),
        (Kind.DATE, "2026-03-31", date(2026, 3, 31)),
        (Kind.REFERENCE, "7", 7),
        (Kind.TAGS, "crm, , CRM ,crm", ["crm", "CRM"]),
        (Kind.TAGS, "", []),
        (Kind.YES_NO, "y", True),
        (Kind.LINE, "   ", None),
        (Kind.WHOLE, "", None),
    ],
)
def test_typed_values_are_read(kind: Kind, typed: Any, stored: Any) -> None:
    assert as_stored(field_of(kind), typed) == stored


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (Kind.WHOLE, "1.5"),
        (Kind.WHOLE, "many"),
        (Kind.WHOLE, "²"),
        (Kind.DECIMAL, "NaN"),
        (Kind.DECIMAL, "Infinity"),
        (Kind.DECIMAL, "1e400"),
        (Kind.DATE, "31/03/2026"),
        (Kind.DATE, "2026-02-30"),
        (Kind.REFERENCE, "0"),
        (Kind.REFERENCE, "10" * 12),
        (Kind.REFERENCE, "x"),
        (Kind.MOMENT, "2026-03-31"),
        (Kind.LINE, "x" * 201),
        (Kind.TAGS, "x" * 201),
    ],
)
def test_values_that_cannot_be_are_refused_with_a_sentence(kind: Kind, typed: str) -> None:
    with pytest.raises(BadValue) as refusal:
        as_stored(field_of(kind), typed)
    assert str(refusal.value.reason)


@given(st.sampled_from(list(Kind)), st.text())
def test_any_text_is_stored_or_refused_and_nothing_else_happens(kind: Kind, typed: str) -> None:
    field = field_of(kind, choices=(Choice("a", say("A")),))
    try:
        stored = as_stored(field, typed)
    except BadValue:
        return
    assert stored is None or "\x00" not in str(stored)


@pytest.mark.parametrize("typed", ["0", "101", "-1"])
def test_bounds_are_inclusive_and_named(typed: str) -> None:
    field = field_of(Kind.WHOLE, minimum=Decimal(1), maximum=Decimal(100))
    assert as_stored(field, "1") == 1
    assert as_stored(field, "100") == 100
    with pytest.raises(BadValue) as refusal:
        as_stored(field, typed)
    assert "between 1 and 100" in str(refusal.value.reason)


def test_every_wrong_field_is_named_at_once() -> None:
    with pytest.raises(InvalidInput) as refusal:
        checked(STORY, {"title": "", "value": "300", "points": "x", "type": "nothing"})
    assert set(refusal.value.errors) == {"title", "value", "points", "type"}
