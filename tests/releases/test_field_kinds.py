"""A field of one's own becomes another kind: what converts, what stays parked, the way back and again."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import column

from implementor.crm.accounts.models import Account
from implementor.foundation.choices import Choice
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Field, Kind
from implementor.foundation.words import Label, say
from implementor.releases.kinds import field_kinds
from implementor.releases.kinds.converting import converted
from implementor.releases.kinds.field_kinds import FieldKind, successor_key
from implementor.releases.release_planning import verdict_of
from implementor.releases.release_services import waive
from tests.auth.builders import reading
from tests.crm.own_fields import add_own_field
from tests.projects.builders import browser_of
from tests.releases.release_builders import Shop, shop
from tests.waves.builders import START, wave_in

BLUE = Choice("blue", Label({"en": "Blue", "es": "Azul"}))
RED = Choice("red", Label({"en": "Red", "es": "Rojo"}))


def _field(kind: Kind, **more: Any) -> Field:
    return Field("f_abcde", kind, say("Size"), column("f_abcde"), **more)


@pytest.mark.parametrize(
    ("source", "value", "target", "expected"),
    [
        (Kind.LINE, "1200", Kind.WHOLE, 1200),
        (Kind.LINE, "1,5", Kind.DECIMAL, Decimal("1.5")),
        (Kind.LINE, "1.234", Kind.DECIMAL, None),
        (Kind.LINE, "1.234,50", Kind.MONEY, 123450),
        (Kind.LINE, "12 USD", Kind.MONEY, None),
        (Kind.LINE, "a lot", Kind.WHOLE, None),
        (Kind.LINE, "2026-03-31", Kind.DATE, date(2026, 3, 31)),
        (Kind.LINE, " AZUL ", Kind.CHOICE, "blue"),
        (Kind.LINE, "green", Kind.CHOICE, None),
        (Kind.LINE, "sí", Kind.YES_NO, True),
        (Kind.LINE, "perhaps", Kind.YES_NO, None),
        (Kind.LINE, "note", Kind.TEXT, "note"),
        (Kind.TEXT, "two\nlines", Kind.LINE, None),
        (Kind.WHOLE, 12, Kind.MONEY, 1200),
        (Kind.DECIMAL, Decimal("1.255"), Kind.MONEY, None),
        (Kind.DECIMAL, Decimal("2.5"), Kind.WHOLE, None),
        (Kind.DECIMAL, Decimal("2.0"), Kind.WHOLE, 2),
        (Kind.MONEY, 1250, Kind.DECIMAL, Decimal("12.5")),
        (Kind.DATE, date(2026, 3, 31), Kind.LINE, "2026-03-31"),
        (Kind.CHOICE, "red", Kind.CHOICES, ["red"]),
        (Kind.CHOICES, ["red", "blue"], Kind.CHOICE, None),
        (Kind.CHOICES, ["blue"], Kind.CHOICE, "blue"),
        (Kind.REFERENCE, 7, Kind.WHOLE, None),
    ],
)  # fmt: skip
def test_a_value_becomes_what_it_means_and_never_what_it_might(
    source: Kind, value: Any, target: Kind, expected: Any
) -> None:
    made = {kind: _field(kind) for kind in (source, target)}
    for kind, field in made.items():
        if kind in (Kind.CHOICE, Kind.CHOICES):
            made[kind] = replace(field, choices=(BLUE, RED))
        if kind is Kind.MONEY:
            made[kind] = replace(field, currency="EUR")
    assert converted(value, made[source], made[target]) == expected


def _waiting(app: Flask, held: dict[str, Any], **values: Any) -> tuple[Shop, str, dict[str, int]]:
    """A text of accounts that a story makes another kind; the accounts that hold it."""
    made, (story,) = shop(app)
    key = add_own_field(made.company, "account", "line", "Size")
    typed: dict[str, dict[str, Any]] = {name: {"name": name, key: text} for name, text in held.items()}
    accounts = {name: made.company.add("account", **one) for name, one in typed.items()}
    kind = FieldKind()
    with reading(app) as session:
        after = kind.image(session, kind.live(session, key), values)
    made.item(story, key, after, kind="field_kind")
    return made, key, accounts


def _held(made: Shop, account: int) -> dict[str, Any]:
    ext = made.company.stored(Account, account).ext or {}
    return {name: value for name, value in ext.items() if name.startswith("f_")}


def _let_be(made: Shop) -> dict[str, int]:
    """Try it and let be what speaks against it; what was found, by code."""
    verdict = made.try_out()
    found = {one.finding.code: one.finding.count for step in verdict.plan.todo for one in verdict.of(step)}
    with made.here.working() as session:
        verdict = verdict_of(session, wave_in(session, made.here))
        for step in verdict.plan.todo:
            for said in verdict.of(step):
                if said.may_be_waived:
                    waive(session, step, said, reason="They are read by hand.", by=made.here.actor(), at=START)
    return found


def test_what_has_a_meaning_goes_along_and_the_rest_stays_with_the_former_field(app: Flask) -> None:
    made, key, accounts = _waiting(app, {"Ada": "1200", "Bea": "a lot"}, becomes="money", currency="EUR")
    new = successor_key(key, Kind.MONEY)
    assert _let_be(made) == {"converts": 1, "parked": 1}
    made.close()
    assert _held(made, accounts["Ada"]) == {key: "1200", new: 120000}
    assert _held(made, accounts["Bea"]) == {key: "a lot"}
    seller = browser_of(app, made.company.people["crm_admin"])
    page = seller.get(f"/crm/accounts/{accounts['Ada']}").text
    assert "1,200" in page
    assert "a lot" not in seller.get(f"/crm/accounts/{accounts['Bea']}").text
    form = seller.get(f"/records/account/{accounts['Bea']}/edit").form()
    typed: dict[str, Any] = {new: "7 EUR"}
    form.submit(**typed)
    made.roll_back()
    assert _held(made, accounts["Bea"]) == {key: "a lot", new: 700}
    assert "a lot" in seller.get(f"/crm/accounts/{accounts['Bea']}").text
    later: dict[str, Any] = {key: "1300"}
    made.company.change("account", accounts["Ada"], **later)
    _let_be(made)
    made.apply()
    assert _held(made, accounts["Ada"])[new] == 130000
    assert _held(made, accounts["Bea"])[new] == 700


def test_words_are_matched_in_both_languages_and_a_choice_is_offered(app: Flask) -> None:
    held: dict[str, Any] = {"Ada": "blue", "Bea": "ROJO", "Eva": "green"}
    made, key, accounts = _waiting(app, held, becomes="choice", words="Blue / Azul\nRed / Rojo")
    new = successor_key(key, Kind.CHOICE)
    assert _let_be(made) == {"converts": 2, "parked": 1}
    made.close()
    assert [_held(made, accounts[one]).get(new) for one in held] == ["blue", "red", None]
    form = browser_of(app, made.company.people["crm_admin"]).get("/records/account/new")
    assert form.all(f'select[name="{new}"], input[name="{new}"]')
    assert not form.all(f'[name="{key}"]')


def test_what_cannot_be_is_refused_with_its_reason(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    made, key, accounts = _waiting(app, {"Ada": "12", "Bea": "13"}, becomes="whole")
    kind = FieldKind()
    with reading(app) as session:
        before = kind.live(session, key)
        for wrong, field in (
            ({"becomes": "reference"}, "becomes"), ({"becomes": "choice"}, "words"), ({"becomes": "money"}, "currency"),
        ):  # fmt: skip
            with pytest.raises(InvalidInput) as refused:
                kind.image(session, before, wrong)
            assert list(refused.value.errors) == [field]
    monkeypatch.setattr(field_kinds, "MOST", 1)
    verdict = made.try_out()
    assert not verdict.may_go_live
    assert "More than 1 records" in str([str(one.finding.text) for one in verdict.of(verdict.plan.todo[0])])
    assert _held(made, accounts["Ada"]) == {key: "12"}
