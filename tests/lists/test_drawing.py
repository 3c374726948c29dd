"""Cells and fields as they are drawn: each kind of field in its way, and nothing of people's text as markup."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import literal

from implementor.foundation.choices import Choice
from implementor.foundation.fields import Field, Kind
from implementor.foundation.words import say
from implementor.lists.cells import Cell
from implementor.lists.drawing import DRAWN, draw_cell

pytestmark = pytest.mark.sqlite_only
HOSTILE = "<script>alert('x')</script>\"&"
KINDS_OF_TEXT = (Kind.LINE, Kind.TEXT, Kind.MARKDOWN, Kind.CHOICE, Kind.CURRENCY, Kind.EMAIL, Kind.PHONE, Kind.URL)
CHOICES = (Choice("won", say("Won"), "ok"),)
SHOWN = [
    (Kind.WHOLE, 1234, "1,234"),
    (Kind.DECIMAL, Decimal("0.50"), "0.5"),
    (Kind.DATE, date(2026, 3, 31), "Mar 31, 2026"),
    (Kind.YES_NO, True, "Yes"),
    (Kind.YES_NO, False, "No"),
    (Kind.PERCENT, Decimal("0.125"), '<span class="nowrap">12.5\u00a0%</span>'),
    (Kind.MONEY, 123450, '<span class="nowrap">€1,234.50</span>'),
    (Kind.EMAIL, "a@b.es", '<a href="mailto:a@b.es">a@b.es</a>'),
    (Kind.REFERENCE, 7, "7"),
    (Kind.TEXT, "one\ntwo", '<span class="kept-lines">one\ntwo</span>'),
]


def cell(kind: Kind, raw: Any, **more: Any) -> Cell:
    return Cell(Field("one", kind, say("One"), literal(1), **more), raw, raw, "EUR")


def test_every_kind_of_field_has_its_drawing() -> None:
    assert set(DRAWN) == set(Kind)


@pytest.mark.parametrize(("kind", "raw", "drawn"), SHOWN)
def test_values_are_drawn_as_people_read_them(app: Flask, kind: Kind, raw: Any, drawn: str) -> None:
    with app.test_request_context("/"):
        assert draw_cell(cell(kind, raw)) == drawn


def test_moments_choices_and_tags_have_their_marks(app: Flask) -> None:
    with app.test_request_context("/"):
        moment = draw_cell(cell(Kind.MOMENT, datetime(2026, 3, 31, 9, 30, tzinfo=UTC)))
        won = draw_cell(cell(Kind.CHOICE, "won", choices=CHOICES))
        tags = draw_cell(cell(Kind.TAGS, ["a", HOSTILE]))
    assert moment == '<time datetime="2026-03-31T09:30:00+00:00">Mar 31, 2026 9:30\u202fAM</time>'
    assert 'class="badge badge-ok"' in won
    assert tags.count('<li class="tag">') == 2
    assert "<script" not in tags


@pytest.mark.parametrize("kind", KINDS_OF_TEXT)
def test_text_of_people_is_never_markup(app: Flask, kind: Kind) -> None:
    with app.test_request_context("/"):
        drawn = draw_cell(cell(kind, HOSTILE))
    assert "<script" not in drawn
    assert "alert" in drawn or kind is Kind.MARKDOWN


@pytest.mark.parametrize("kind", [one for one in Kind if one is not Kind.YES_NO])
def test_no_value_is_a_dash_that_is_read_out(app: Flask, kind: Kind) -> None:
    with app.test_request_context("/"):
        assert draw_cell(cell(kind, None)) == '<span class="muted" aria-label="not given">–</span>'


def test_a_number_that_names_a_record_stands_behind_the_key(app: Flask) -> None:
    with app.test_request_context("/"):
        assert draw_cell(cell(Kind.WHOLE, 12, mark="-"), "VEN") == "VEN-12"
