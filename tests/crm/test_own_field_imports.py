"""Fields of one's own in files: filled by label or key, idempotent, taken back; exported as they came."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.configuration.models import PicklistValue
from implementor.crm.accounts.models import Account
from tests.auth.builders import reading
from tests.crm.builders import Company, company
from tests.crm.importing import brought_in, counts, take_back
from tests.crm.own_fields import add_own_field, held, one_of_each

HEADER = (
    "Account ID,Company,Own line,Own whole,Own decimal,Own percent,Own money,Own date,Own moment,Own choice,Own yes_no"
)
SHEET = f"{HEADER}\nA1,Duero,zinc,40,10.25,50%,9900.00,2026-12-01,2026-04-01 10:30,High,yes\nA2,Ebro,,,,,,,,,\n"
AS_STORED: dict[str, Any] = {
    "line": "zinc", "whole": 40, "decimal": Decimal("10.25"), "percent": Decimal("0.5"), "money": 990_000,
    "date": date(2026, 12, 1), "moment": datetime(2026, 4, 1, 10, 30, tzinfo=UTC), "choice": "high", "yes_no": True,
}  # fmt: skip


@pytest.fixture
def here(app: Flask) -> Company:
    return company(app)


def id_of(here: Company, name: str) -> int:
    with reading(here.app) as session:
        return session.scalars(select(Account.id).where(Account.name == name)).one()


def test_a_file_fills_fields_of_every_kind_once_and_is_taken_back(here: Company, tmp_path: Path) -> None:
    keys = one_of_each(here)
    assert counts(brought_in(here, "account", tmp_path, SHEET)) == (2, 0, 0, 0)
    made = id_of(here, "Duero")
    found = {kind: held(here, Account, made, keys[kind]) for kind in AS_STORED}
    moment = found.pop("moment")
    assert found == {kind: value for kind, value in AS_STORED.items() if kind != "moment"}
    assert moment is not None
    assert counts(brought_in(here, "account", tmp_path, SHEET)) == (0, 0, 2, 0)
    later = SHEET.replace("zinc,40", "lead,41")
    assert counts(brought_in(here, "account", tmp_path, later)) == (0, 1, 1, 0)
    assert [held(here, Account, made, keys[kind]) for kind in ("line", "whole", "choice")] == ["lead", 41, "high"]
    take_back(here)
    assert [held(here, Account, made, keys[kind]) for kind in ("line", "whole", "choice")] == ["zinc", 40, "high"]


def test_a_column_is_known_by_the_key_of_its_field_and_new_words_join_its_list(here: Company, tmp_path: Path) -> None:
    key = one_of_each(here)["choice"]
    brought_in(here, "account", tmp_path, f"Account ID,Company,{key}\nA1,Duero,Enormous\n")
    assert held(here, Account, id_of(here, "Duero"), key) == "enormous"
    with reading(here.app) as session:
        assert "Enormous" in session.scalars(select(PicklistValue.label_en)).all()


def test_what_a_person_changed_stands_and_what_a_cell_cannot_be_is_told(here: Company, tmp_path: Path) -> None:
    grade, visits = add_own_field(here, "account", "line", "Grade"), add_own_field(here, "account", "whole", "Visits")
    sheet = "Account ID,Company,Grade,Visits\nA1,Duero,A,1\n"
    brought_in(here, "account", tmp_path, sheet)
    made = id_of(here, "Duero")
    changed: dict[str, Any] = {grade: "B"}
    here.change("account", made, "crm_admin", **changed)
    assert counts(brought_in(here, "account", tmp_path, sheet.replace("A,1", "A,2"))) == (0, 1, 0, 0)
    assert (held(here, Account, made, grade), held(here, Account, made, visits)) == ("B", 2)
    more = "".join(f"A{number},Company {number},A,{number}\n" for number in range(2, 9))
    report = brought_in(here, "account", tmp_path, sheet.replace("A,1", "A,many") + more)
    assert "Visits" in str(report)
    assert held(here, Account, made, visits) == 2


def test_an_export_holds_them_and_comes_in_again_unchanged(here: Company, tmp_path: Path) -> None:
    keys = one_of_each(here)
    brought_in(here, "account", tmp_path, SHEET)
    columns = ",".join(["name", *keys.values()])
    text = here.browser("crm_admin").client.get(f"/lists/account/export.csv?columns={columns}").get_data(as_text=True)
    assert "Own percent" in text
    assert counts(brought_in(here, "account", tmp_path, text, "export.csv"))[:2] == (0, 0)
