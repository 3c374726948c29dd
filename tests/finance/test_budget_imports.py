"""Budgets from files: lines and amounts, exact and as facts, the same file twice, what is refused, and the way back."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.finance.models import BudgetAmount, BudgetFact, BudgetLine
from tests.auth.builders import reading
from tests.exchange.registers import Register, became
from tests.finance.builders import FEB, JAN, Purse, purse

AMOUNTS = (
    "Partida;Tipo de importe;Mes;Importe\nLicences;Presupuesto;31/01/2026;1.250,50\n"
    "Licences;Gastado;31/01/2026;1.300,00\nTraining;Presupuesto;28/02/2026;400,00 €\n"
)


@pytest.fixture
def there(app: Flask) -> Purse:
    """A project with a line in euros and one in yen."""
    found = purse(app)
    found.line()
    found.line("Tokyo", currency="JPY")
    return found


@pytest.fixture
def register(there: Purse, tmp_path: Path) -> Register:
    """The amounts of its budget, in the lead's hands."""
    return Register(there.app, there.project_id, there.by(), "budget_amount", tmp_path)


def standing(there: Purse) -> dict[tuple[str, str, date], int | None]:
    """What stands: (line, kind, month) -> minor units."""
    rows = select(BudgetLine.title, BudgetAmount.kind, BudgetAmount.month, BudgetAmount.amount).join(
        BudgetLine, BudgetLine.id == BudgetAmount.line_id
    )
    with reading(there.app) as session:
        return {(row.title, row.kind, row.month): row.amount for row in session.execute(rows)}


def facts(there: Purse) -> list[tuple[int | None, str | None]]:
    """Every amount that was ever written down, with the reason."""
    with reading(there.app) as session:
        return [(one.amount, one.reason) for one in session.scalars(select(BudgetFact).order_by(BudgetFact.id))]


def test_amounts_come_in_exactly_the_same_file_again_changes_nothing_and_all_is_taken_back(
    there: Purse, register: Register
) -> None:
    path = register.file(AMOUNTS)
    run = register.bring(path)
    assert became(run) == (3, 0, 0, 0)
    expected = {
        ("Licences", "planned", JAN): 1250_50, ("Licences", "actual", JAN): 1300_00,
        ("Training", "planned", FEB): 400_00,
    }  # fmt: skip
    assert standing(there) == expected
    assert became(register.bring(path))[:2] == (0, 0)
    changed = register.bring(register.file(AMOUNTS.replace("1.300,00", "1.310,00")))
    assert became(changed)[:2] == (0, 1)
    assert facts(there)[-1] == (1310_00, "register.csv says so now.")
    assert register.take_back(changed).restored == 1
    assert standing(there) == expected
    assert [(month, str(why)) for month, why in register.take_back(run).kept] == [("2026-01", "It was changed since.")]
    assert standing(there)["Training", "planned", FEB] is None


def test_what_was_spent_and_typed_by_hand_is_not_overwritten(there: Purse, register: Register) -> None:
    there.write(1, "actual", {JAN: 5_00})
    told = register.refusals(register.file(AMOUNTS))
    assert [(row, "written down by hand" in why) for row, _value, why in told] == [(3, True)]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Unknown;Plan;2026-01-01;5", "nothing here is called Unknown"),
        ("Licences;Plan;2026-01-01;5 USD", "Licences counts in EUR."),
        ("Tokyo;Plan;2026-01-01;5.5", "JPY has fewer decimals."),
        ("Licences;Plan;2026-01-01;-5", "Only what was paid can be below zero"),
        ("Licences;Actual;2099-01-01;5", "Nothing was paid yet in a month to come"),
        ("Licences;Plan;;5", "Month is needed."),
    ],
)
def test_rows_that_cannot_stand_say_why(there: Purse, register: Register, row: str, reason: str) -> None:
    told = register.refusals(register.file(f"Line;Kind;Month;Amount\n{row}\n"), links="find")
    assert any(reason in why for _row, _value, why in told), told
    assert standing(there) == {}


def test_lines_come_in_with_the_words_of_other_files(there: Purse, tmp_path: Path) -> None:
    register = Register(there.app, there.project_id, there.by(), "budget_line", tmp_path)
    path = register.file("Partida;Categoría;Moneda\nConsultores;Consultoría;USD\nLicences;Software;\n")
    assert became(register.bring(path)) == (1, 0, 1, 0)
    made = there.lines()[-1]
    assert (made.title, made.category, made.currency) == ("Consultores", "services", "USD")
