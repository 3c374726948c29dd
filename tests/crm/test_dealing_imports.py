"""Calls, visits, appointments and promises from files: with whom they are, in the words of other systems."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.crm.commitments.models import Commitment
from implementor.crm.interactions.models import Appointment, Interaction
from tests.auth.builders import reading
from tests.crm.builders import Company, company
from tests.crm.importing import brought_in, counts, take_back

CALLS = """Activity ID,Activity type,Call type,Subject,Date,Duration,Outcome,Company,Contact,Next step,Next step date
A1,Call,Outbound,Offer explained,2026-02-03 10:30,12,Interested,Duero Foods,ana@duero.example,Send prices,2026-02-10
A2,E-mail,Incoming,Question,2026-02-04 09:00,,,,Ana Vega,,
A3,Reunión,,Visita a planta,2026-02-05 16:00,90,,Nuevo Molino,,,
A4,Telepathy,Outbound,No such way,2026-02-05,,,Duero Foods,,,
A5,Call,Outbound,About nobody,2026-02-05,,,,,,
A6,Call,Outbound,In the future,2036-02-05,,,Duero Foods,,,
"""
MEETINGS = """Evento;Tipo;Inicio;Fin;Lugar;Estado;Empresa
Demostración;Demo;5/2/2026 10:00;5/2/2026 11:30;Soria;Realizada;Duero Foods
Llamada de cierre;Llamada;6/2/2026 09:00;;;Programada;Duero Foods
Al revés;Visita;7/2/2026 10:00;7/2/2026 09:00;;;Duero Foods
"""
PROMISES = """Commitment,Due date,Status,Reason,Account
Send the prices,2026-02-10,Done,,Duero Foods
Repair it at once,2026-02-11,Missed,The part was late,Duero Foods
Call again,2026-03-01,Open,,Duero Foods
Say nothing,2026-03-01,Broken,,Duero Foods
"""


def customers(app: Flask) -> tuple[Company, int, int]:
    """A company with an account and somebody there."""
    here = company(app)
    firm = here.add("account", "crm_admin", name="Duero Foods")
    ana = here.add("contact", "crm_admin", first_name="Ana", last_name="Vega", email="ana@duero.example", account=firm)
    return here, firm, ana


def all_of(here: Company, model: Any) -> list[Any]:
    with reading(here.app) as session:
        return list(session.scalars(select(model).where(model.archived_at.is_(None)).order_by(model.id)))


def test_a_call_log_becomes_interactions_with_whom_they_were(app: Flask, tmp_path: Path) -> None:
    here, firm, ana = customers(app)
    report = brought_in(here, "interaction", tmp_path, CALLS)
    assert counts(report) == (3, 0, 0, 3), report["reasons"]
    call, mail, visit = all_of(here, Interaction)
    assert (call.channel, call.direction, call.outcome, call.duration_minutes) == ("phone", "out", "interested", 12)
    assert (call.account_id, call.contact_id) == (firm, ana)
    assert (str(call.follow_up_on), call.follow_up_owner_id) == ("2026-02-10", here.people["crm_admin"].id)
    assert (mail.channel, mail.direction, mail.account_id, mail.contact_id) == ("email", "in", firm, ana)
    assert (visit.channel, visit.direction, visit.contact_id) == ("visit", "out", None)
    assert here.titles("account", "crm_admin") == {"Duero Foods", "Nuevo Molino"}


def test_its_bad_rows_say_what_would_do(app: Flask, tmp_path: Path) -> None:
    here, *_ = customers(app)
    told = {one["row"]: one["message"] for one in brought_in(here, "interaction", tmp_path, CALLS)["reasons"]}
    assert sorted(told) == [5, 6, 7]
    assert "must be one of: E-mail, Telephone" in told[5]
    assert "Say with whom" in told[6]
    assert "has not happened yet" in told[7]


@pytest.mark.parametrize(
    ("kind", "text"), [("interaction", CALLS), ("appointment", MEETINGS), ("commitment", PROMISES)]
)
def test_the_same_file_again_changes_nothing(app: Flask, tmp_path: Path, kind: str, text: str) -> None:
    here, *_ = customers(app)
    first = brought_in(here, kind, tmp_path, text)
    assert first["created"] > 1
    assert counts(brought_in(here, kind, tmp_path, text)) == (0, 0, first["created"], first["refused"])
    assert len(here.titles(kind, "crm_admin")) == first["created"]


@pytest.mark.parametrize(
    ("kind", "text"), [("interaction", CALLS), ("appointment", MEETINGS), ("commitment", PROMISES)]
)
def test_it_can_be_taken_back(app: Flask, tmp_path: Path, kind: str, text: str) -> None:
    here, *_ = customers(app)
    brought_in(here, kind, tmp_path, text)
    take_back(here)
    assert here.titles(kind, "crm_admin") == set()


def test_a_calendar_becomes_appointments(app: Flask, tmp_path: Path) -> None:
    here, firm, _ana = customers(app)
    report = brought_in(here, "appointment", tmp_path, MEETINGS)
    assert counts(report) == (2, 0, 0, 1), report["reasons"]
    demo, call = all_of(here, Appointment)
    assert (demo.kind, demo.place, demo.account_id, demo.state) == ("meeting", "Soria", firm, "done")
    assert (call.kind, call.state, call.ends_at - call.starts_at) == (
        "call",
        "planned",
        timedelta(hours=1),
    )


def test_promises_come_with_how_they_ended(app: Flask, tmp_path: Path) -> None:
    here, firm, _ana = customers(app)
    report = brought_in(here, "commitment", tmp_path, PROMISES)
    assert counts(report) == (3, 0, 0, 1)
    kept, broken, open_one = all_of(here, Commitment)
    assert kept.kept_at is not None
    assert (broken.broken_at is not None, broken.reason) == (True, "The part was late")
    assert (open_one.is_open, open_one.account_id) == (True, firm)
    assert "Say why it was broken" in str(report["reasons"])
