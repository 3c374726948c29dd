"""Fields of one's own tell records apart where somebody gives them a weight, and never before or after."""

from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from implementor.configuration.services.access import set_fields
from implementor.duplicates.own_roles import WAYS
from implementor.duplicates.sameness import samenesses
from implementor.duplicates.weighed import foreseen, weighing_of
from implementor.duplicates.weights import Weighing
from implementor.foundation.fields import Kind
from implementor.foundation.permissions import Role
from tests.crm.builders import Company, company
from tests.crm.own_fields import LOW_HIGH, add_own_field, restore, withdraw
from tests.crm.shapes.builders import as_live, shape
from tests.duplicates.builders import pairs_of
from tests.duplicates.test_weighing import PLACE, search
from tests.machinery.statements import counting

VALUES: dict[str, tuple[Any, Any]] = {
    "line": ("Almacén nº 4", "almacen n 4"), "choice": ("high", "low"), "whole": (7, 7),
    "url": ("https://www.alba.example/", "http://alba.example"), "decimal": (Decimal("2.50"), Decimal("2.5")),
}  # fmt: skip


@pytest.fixture
def here(app: Flask) -> Company:
    return company(app)


def two(here: Company) -> tuple[dict[str, str], tuple[int, int]]:
    """Two accounts that share a telephone and bear values of one's own; key of each kind of field, and their ids."""
    more: dict[str, Any] = {"choice": {"words": LOW_HIGH}}
    own = {kind: add_own_field(here, "account", kind, f"Own {kind}", **more.get(kind, {})) for kind in VALUES}
    ids = []
    for place, name in enumerate(("Alfa", "Zeta Norte")):
        values: dict[str, Any] = {own[kind]: told[place] for kind, told in VALUES.items()}
        ids.append(here.add("account", name=name, phone="+34 600 111 222", **values))
    return own, (ids[0], ids[1])


def weigh(here: Company, **factors: int) -> None:
    """Let these fields count so much, and search as that asks for."""
    browser = here.browser("crm_admin")
    form = browser.get(f"{PLACE}?kind=account").form("#weights")
    browser.post(PLACE, {**form.values, **{name: str(percent) for name, percent in factors.items()}})
    search(here.app)


def test_what_is_weighed_makes_candidates_says_so_and_goes_with_its_field(here: Company) -> None:
    own, pair = two(here)
    roles = {kind: f"{WAYS[Kind(kind)]}.{key}" for kind, key in own.items()}
    weigh(here, possible=59)
    assert pairs_of(here) == set()
    weigh(here, **{roles["url"]: 200, roles["whole"]: 100, roles["choice"]: 100, roles["line"]: 100})
    assert pairs_of(here) == {pair}
    browser = here.browser()
    told = browser.get("/crm/duplicates?kind=account").text
    assert "Own url" in told
    shape(here, set_fields, "account", {(Role.CRM_USER, own["url"]): "hide"})
    assert "Own url" not in browser.get("/crm/duplicates?kind=account").text
    withdraw(here, own["url"])
    weigh(here, **{roles["choice"]: 99})
    assert pairs_of(here) == set()
    restore(here, own["url"])
    with as_live(here) as session:
        assert weighing_of(session, "account").factor(roles["url"]) == 200


def test_a_weight_is_seen_before_and_saving_a_record_asks_no_more(here: Company) -> None:
    own, _pair = two(here)
    role = f"own_web.{own['url']}"
    with counting() as before:
        here.add("account", name="Una más", phone="+34 600 222 333")
    with as_live(here) as session:
        assert foreseen(session, samenesses["account"], Weighing({role: 300})).beyond == 1
    weigh(here, **{role: 300})
    with counting() as after:
        here.add("account", name="Bodega", phone="+34 600 444 555")
    assert len(after) <= len(before), after.beyond(before)
