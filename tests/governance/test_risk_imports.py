"""Risk registers from files: ratings as facts, words of other registers, the same file twice, and the way back."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.foundation.permissions import Role
from implementor.governance.models import ActionItem, Risk, RiskScore
from implementor.governance.rating_words import step_of
from tests.auth.builders import Person, reading
from tests.exchange.registers import Register, became
from tests.governance.builders import people_of_governance, risk

REGISTER = (
    "Risk ID;Risk;Category;Likelihood;Impact;Residual likelihood;Residual impact;Risk owner;Response;Mitigation plan;"
    "Exposure;Status;Date raised;Date closed;Closing reason\n"
    "R-1;The supplier leaves;Vendor;4 - Likely;High;2;Medium;Mara Mora;Mitigate;Second supplier;12.500,50 €;Open;"
    "03/02/2026;;\n"
    "R-2;Nobody uses it;Adopción;60 %;5;;;nobody@else.example;Aceptar;;;En seguimiento;;;\n"
    "R-3;Old data is lost;Data;1;1;;;;;;;Closed;01/02/2026;14/02/2026;It was copied\n"
)


@pytest.fixture
def people(app: Flask) -> dict[str, Person]:
    """The people of VEN."""
    return people_of_governance(app)


@pytest.fixture
def register(app: Flask, people: dict[str, Person], tmp_path: Path) -> Register:
    """The register of risks of VEN, in the lead's hands."""
    return Register(app, 1, people["project_lead"].actor.with_roles([Role.PROJECT_LEAD]), "risk", tmp_path)


def risks_of(app: Flask) -> dict[str, Risk]:
    """Risks in use by title."""
    with reading(app) as session:
        return {one.title: one for one in session.scalars(select(Risk).where(Risk.archived_at.is_(None)))}


def ratings(app: Flask, found: Risk) -> Sequence[tuple[int, int, int | None, bool]]:
    """What a risk was rated at over time."""
    with reading(app) as session:
        rows = session.scalars(select(RiskScore).where(RiskScore.risk_id == found.id).order_by(RiskScore.id))
        return [(one.probability, one.impact, one.residual_impact, one.is_open) for one in rows]


def test_a_register_comes_in_with_its_ratings_as_facts(
    app: Flask, people: dict[str, Person], register: Register
) -> None:
    assert became(register.bring(register.file(REGISTER))) == (3, 0, 0, 0)
    found = risks_of(app)
    first, second, third = (found[name] for name in ("The supplier leaves", "Nobody uses it", "Old data is lost"))
    assert (first.category, first.score, first.response, first.owner_id) == (
        "supplier", 16, "reduce", people["member"].id,
    )  # fmt: skip
    assert (first.exposure_amount, first.exposure_currency, first.response_plan) == (
        1_250_050,
        "EUR",
        "Second supplier",
    )
    assert (first.inherent_probability, first.opened_at.date().isoformat()) == (4, "2026-02-03")
    assert (second.category, second.probability, second.owner_id) == ("people", 4, people["project_lead"].id)
    assert (third.is_open, third.closing_reason) == (False, "It was copied")
    assert third.closed_at is not None
    assert third.closed_at.date().isoformat() == "2026-02-14"
    assert ratings(app, first) == [(4, 4, 3, True)]
    assert ratings(app, third) == [(1, 1, None, True), (1, 1, None, False)]


def test_the_same_register_changes_nothing_and_a_later_one_rates_anew(app: Flask, register: Register) -> None:
    register.bring(register.file(REGISTER))
    assert became(register.bring(register.file(REGISTER))) == (0, 0, 3, 0)
    later = REGISTER.replace("4 - Likely;High", "2;High").replace("Aceptar;;;En seguimiento", "Aceptar;;;Cerrado")
    assert became(register.bring(register.file(later))) == (0, 2, 1, 0)
    found = risks_of(app)
    assert ratings(app, found["The supplier leaves"]) == [(4, 4, 3, True), (2, 4, 3, True)]
    assert found["Nobody uses it"].closing_reason == "It is closed in register.csv."
    again = later.replace("Cerrado", "Reabierto")
    assert became(register.bring(register.file(again))) == (0, 1, 2, 0)
    assert risks_of(app)["Nobody uses it"].is_open


def test_a_whole_import_is_taken_back_and_comes_again(
    app: Flask, people: dict[str, Person], register: Register
) -> None:
    mine = risk(app, people["project_lead"], title="Nobody uses it", probability=1, impact=2)
    run = register.bring(register.file(REGISTER))
    assert became(run) == (2, 1, 0, 0)
    undone = register.take_back(run)
    assert (undone.restored, undone.kept) == (3, [])
    found = risks_of(app)
    assert set(found) == {"Nobody uses it"}
    assert ratings(app, mine) == [(1, 2, None, True), (4, 5, None, True), (1, 2, None, True)]
    assert became(register.bring(register.file(REGISTER)))[3] == 0
    assert len(risks_of(app)) == 3


def test_each_row_that_cannot_be_taken_says_why(app: Flask, people: dict[str, Person], register: Register) -> None:
    gone = risk(app, people["project_lead"], title="Gone")
    path = register.file(
        "Risk;Probability;Impact;Residual probability;Status\n"
        "No step;7;3;;\nAlone;2;;;\nHalf;2;2;1;\nUnknown;2;2;;Purple\nFine;2;2;;\nFine;3;3;;\n"
    )
    said = register.refusals(path)
    assert [row for row, *_ in said] == [2, 3, 4, 5, 7]
    messages = " ".join(message for *_, message in said)
    assert "7 is no step from 1 to 5" in messages
    assert "Impact is needed" in messages
    assert "rated together, or neither" in messages
    assert "neither that it is open nor that it is closed" in messages
    assert gone.title not in messages
    explained = register.refusals(path, meanings={"state": {"purple": "open"}})
    assert [row for row, *_ in explained] == [2, 3, 4, 7]


def test_a_closed_risk_is_not_changed_before_it_is_open_again(app: Flask, register: Register) -> None:
    register.bring(register.file(REGISTER))
    changed = REGISTER.replace("Old data is lost;Data;1;1", "Old data is lost;Data;5;5")
    said = register.refusals(register.file(changed))
    assert [(row, message) for row, _, message in said] == [
        (4, "Old data is lost is closed. Open it again to change it.")
    ]


@pytest.mark.parametrize(
    ("cell", "step"),
    [("1", 1), (5, 5), (3.0, 3), ("4 - Likely", 4), ("Muy alta", 5), ("Alta (4)", 4), ("medium", 3), ("60 %", 4),
     (0.19, 1), ("100%", 5), ("0%", 1), ("", None), ("N/A", None), ("2.0", 2)],
)  # fmt: skip
def test_steps_are_read_as_registers_write_them(cell: str | float, step: int | None) -> None:
    assert step_of(cell, of_hundred=True) == step


def test_action_items_come_in_with_what_came_of_them(app: Flask, people: dict[str, Person], tmp_path: Path) -> None:
    by = people["project_lead"].actor.with_roles([Role.PROJECT_LEAD])
    actions = Register(app, 1, by, "action_item", tmp_path)
    text = (
        "Acción,Responsable,Fecha compromiso,Resultado\n"
        "Llamar al proveedor,Mara Mora,30/04/2026,\nMedir la base,,15/04/2026,Medida: 42 días\n"
    )
    run = actions.bring(actions.file(text))
    assert became(run) == (2, 0, 0, 0)
    assert became(actions.bring(actions.file(text))) == (0, 0, 2, 0)
    with reading(app) as session:
        first, second = session.scalars(select(ActionItem).order_by(ActionItem.number))
    assert (first.owner_id, first.is_open, second.is_open) == (people["member"].id, True, False)
    assert second.result == "Medida: 42 días"
    assert actions.take_back(run).restored == 2
