"""Hostile texts and impossible numbers in every field of every kind: refused or kept as they are, and no fault."""

from __future__ import annotations

import json
from itertools import cycle, islice

import pytest
from flask import Flask

from implementor.foundation.fields import Field, Kind
from implementor.lists.sheets import sheet_of
from tests.crm.examples import EXAMPLES
from tests.crm.test_every_kind import with_examples
from tests.exchange.real_data import real
from tests.machinery.pages import Browser
from tests.security.hostile import STRINGS, form_with, send, words

pytestmark = pytest.mark.slow
TEXTS = (Kind.LINE, Kind.TEXT, Kind.MARKDOWN)
NUMBERS = (Kind.MONEY, Kind.WHOLE, Kind.DECIMAL, Kind.PERCENT, Kind.DATE, Kind.MOMENT)
IMPOSSIBLE = (
    "NaN", "Infinity", "-inf", "99999999999999999999", "1e400", "0001-01-01", "9999-12-31", "0001-01-01T00:00",
    "9999-12-31T23:59", "12345678901234567890.12 EUR", "٣٤", "--1", "0x10", "1_000", "=1+1",
)  # fmt: skip
ANSWERS = (200, 409, 422)


def fields_of(kind: str, kinds: tuple[Kind, ...]) -> list[Field]:
    return [one for one in sheet_of(kind).entity.fields.values() if one.kind in kinds and one.editable]


def naughty() -> list[str]:
    return [*STRINGS, *json.loads(real("naughty-strings/blns.json").read_text(encoding="utf-8"))]


def tried(browser: Browser, kind: str, record_id: int, values: dict[str, str]) -> list[str]:
    """What goes wrong where a form is sent with these values, a field or the whole at once."""
    form = form_with(browser.get(f"/records/{kind}/{record_id}/edit"), next(iter(values)))
    held = {name: text for name, text in values.items() if name in form.values}
    page = send(browser, form, held, status=None)
    status = page.response.status_code
    if status not in ANSWERS:
        return [f"{kind} {held}: {status}"]
    if status != 200:
        return []
    again = form_with(browser.get(f"/records/{kind}/{record_id}/edit"), next(iter(held)))
    kept = {name: words(str(again.value(name) or "")) for name in held}
    return [
        f"{kind}.{name} keeps {kept[name]!r} for {text!r}" for name, text in held.items() if kept[name] != words(text)
    ]


def with_browser(app: Flask) -> tuple[dict[str, int], Browser]:
    here, made = with_examples(app)
    browser = here.browser("crm_admin")
    browser.checking = False
    return made, browser


def test_naughty_strings_are_kept_as_they_are_in_every_field(app: Flask) -> None:
    made, browser = with_browser(app)
    strings, faults = cycle(naughty()), []
    for kind in EXAMPLES:
        fields = fields_of(kind, TEXTS)
        if fields:
            texts = {
                one.name: text[: one.longest] for one, text in zip(fields, islice(strings, len(fields)), strict=True)
            }
            faults += tried(browser, kind, made[kind], texts)
    assert faults == []


@pytest.mark.sqlite_only("what is parsed is parsed before any database")
def test_impossible_numbers_and_days_are_refused_or_kept_never_a_fault(app: Flask) -> None:
    made, browser = with_browser(app)
    texts, faults = cycle(IMPOSSIBLE), []
    for kind in EXAMPLES:
        fields = fields_of(kind, NUMBERS)
        for text in islice(texts, 4 if fields else 0):
            form = form_with(browser.get(f"/records/{kind}/{made[kind]}/edit"), fields[0].name)
            page = send(browser, form, {one.name: text for one in fields if one.name in form.values}, status=None)
            if page.response.status_code not in ANSWERS:
                faults.append(f"{kind} {text}: {page.response.status_code}")
        browser.get(f"/lists/{kind}/export.csv")
    assert faults == []
