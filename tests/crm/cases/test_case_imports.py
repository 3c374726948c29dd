"""Cases from files: lists and logs of changes, with their way, their clocks and what a later file changes."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from implementor.calendars.models import SlaClock
from implementor.crm.cases.models import Case, CaseEvent
from tests.auth.builders import reading
from tests.crm.builders import Company
from tests.crm.cases.desk import desk
from tests.exchange.real_data import real
from tests.machinery.statements import counting

LOG = """number,incident_state,opened_at,sys_updated_at,priority,assignment_group,caller_id,category,resolved_at
I1,New,2/3/2026 09:00,2/3/2026 09:00,3 - Moderate,Group 1,Ana Ruiz,Fault,?
I1,Active,2/3/2026 09:00,2/3/2026 09:30,3 - Moderate,Group 1,Ana Ruiz,Fault,?
I1,Awaiting User Info,2/3/2026 09:00,2/3/2026 10:00,3 - Moderate,Group 2,Ana Ruiz,Fault,?
I1,Resolved,2/3/2026 09:00,5/3/2026 10:00,3 - Moderate,Group 2,Ana Ruiz,Fault,5/3/2026 10:00
I2,New,13/3/2026 09:00,13/3/2026 09:00,1 - Critical,?,?,Question,?
"""


def moment(*parts: int) -> datetime:
    """A moment by the clock of who imports."""
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


def bring_in(here: Company, tmp_path: Path, text: str) -> Mapping[str, Any]:
    file = tmp_path / "log.csv"
    file.write_text(text, encoding="utf-8")
    return imported(here, file)


def imported(here: Company, file: Path, *options: str) -> Mapping[str, Any]:
    arguments = ["import", "case", str(file), "--json", "--as", here.people["crm_admin"].email, *options]
    answer = here.app.test_cli_runner().invoke(args=arguments)
    report: Mapping[str, Any] = json.loads(answer.stdout)
    return report


def counts(report: Mapping[str, Any]) -> tuple[int, int, int, int]:
    return report["created"], report["updated"], report["unchanged"], report["refused"]


def only(here: Company, category: str) -> Case:
    with reading(here.app) as session:
        return session.scalars(select(Case).where(Case.category == category)).one()


def how_many(here: Company, model: Any) -> int:
    with reading(here.app) as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_a_log_of_changes_becomes_cases_with_their_way(app: Flask, tmp_path: Path) -> None:
    here = desk(app)
    assert counts(bring_in(here, tmp_path, LOG)) == (2, 0, 0, 0)
    case = only(here, "fault")
    assert (case.status, case.opened_at, case.first_response_at, case.resolved_at) == (
        "resolved", moment(2026, 3, 2, 9), moment(2026, 3, 2, 9, 30), moment(2026, 3, 5, 10),
    )  # fmt: skip
    assert here.facts(case.id, "status") == [
        (None, "new"), ("new", "in_progress"), ("in_progress", "waiting_customer"), ("waiting_customer", "resolved"),
    ]  # fmt: skip
    assert here.facts(case.id, "area") == [(None, "Group 1"), ("Group 1", "Group 2")]
    assert (case.owner_id, case.contact_id is not None) == (None, True)


def test_the_clocks_are_as_the_services_would_have_left_them(app: Flask, tmp_path: Path) -> None:
    here = desk(app)
    bring_in(here, tmp_path, LOG)
    clocks = here.clocks(only(here, "fault").id)
    assert (clocks["resolution"].state, clocks["resolution"].elapsed_seconds) == ("met", 3600)
    assert clocks["first_response"].state == "met"
    other = only(here, "question")
    assert (other.priority, other.due_at) == ("urgent", moment(2026, 3, 13, 9, 30))


def test_the_same_log_again_changes_nothing_and_a_longer_one_goes_on(app: Flask, tmp_path: Path) -> None:
    here = desk(app)
    bring_in(here, tmp_path, LOG)
    before = how_many(here, CaseEvent), how_many(here, SlaClock)
    assert counts(bring_in(here, tmp_path, LOG)) == (0, 0, 2, 0)
    assert (how_many(here, CaseEvent), how_many(here, SlaClock)) == before
    more = "I2,Closed,13/3/2026 09:00,13/3/2026 10:00,1 - Critical,?,?,Question,13/3/2026 09:45\n"
    assert counts(bring_in(here, tmp_path, LOG + more)) == (0, 1, 1, 0)
    case = only(here, "question")
    assert (case.status, case.resolved_at, case.due_at) == ("closed", moment(2026, 3, 13, 9, 45), None)
    assert here.clocks(case.id)["resolution"].state == "met"
    assert here.facts(case.id, "status")[-1] == ("new", "closed")


def test_a_row_that_cannot_be_read_refuses_its_case_and_no_other(app: Flask, tmp_path: Path) -> None:
    here = desk(app)
    assert counts(bring_in(here, tmp_path, LOG.replace("Awaiting User Info", "Who knows"))) == (1, 0, 0, 1)


def test_cases_without_clocks_or_ways_come_in_from_a_spanish_list(app: Flask, tmp_path: Path) -> None:
    here = desk(app, promises=False)
    text = "Expediente;Asunto;Prioridad;Estado;Fecha\n7;Farola rota;Alta;Abierto;03/02/2026\n8;Ruido;Baja;Cerrado;\n"
    assert counts(bring_in(here, tmp_path, text)) == (2, 0, 0, 0)
    with reading(app) as session:
        found = session.execute(select(Case.subject, Case.priority, Case.status).order_by(Case.number)).all()
    assert [tuple(row) for row in found] == [("Farola rota", "high", "new"), ("Ruido", "low", "closed")]


def test_many_rows_cost_as_many_statements_as_few(app: Flask, tmp_path: Path) -> None:
    here = desk(app)
    costs: list[int] = []
    for many in (2, 2, 90):
        rows = "".join(f"{many}-{len(costs)}-{row},Lamp,13/3/2026 09:00,Open\n" for row in range(many))
        with counting() as statements:
            report = bring_in(here, tmp_path, "number,subject,opened_at,status\n" + rows)
        assert counts(report) == (many, 0, 0, 0)
        costs.append(len(statements))
    assert costs[1] == costs[2]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "created", "refused"),
    [
        ("incident-log/incidents_first20k.csv", 2804, 0),
        ("cfpb-complaints/complaints_8340_us_dates.csv", 8340, 0),
        ("madrid-avisos/avisos_2021_2023.csv", 9540, 0),
    ],
)
def test_real_files_come_in_and_change_nothing_the_second_time(
    app: Flask, name: str, created: int, refused: int
) -> None:
    here = desk(app)
    first = imported(here, real(name))
    assert counts(first) == (created, 0, 0, refused), first
    assert counts(imported(here, real(name))) == (0, 0, created, refused)
