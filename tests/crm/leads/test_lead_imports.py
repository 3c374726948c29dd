"""Leads from files: recognised by address, their stage and days taken as facts of the source, converted ones left."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.crm.leads.models import Lead, LeadEvent
from tests.auth.builders import reading
from tests.crm.builders import Company, company
from tests.crm.importing import brought_in, counts, imported, take_back
from tests.crm.leads.funnels import funnel
from tests.exchange.real_data import real

HUBSPOT = """Record ID,First Name,Last Name,Email,Company Name,Lifecycle Stage,Create Date,\
Became a Marketing Qualified Lead Date,Became a Sales Qualified Lead Date,Original Source,Unsubscribed from all email
101,Ana,Ruiz,ana@acme.example,Acme,Sales Qualified Lead,2026-01-05,2026-01-10,2026-01-20,Organic Search,false
102,Leo,Paz,leo@beta.example,Beta,Marketing Qualified Lead,2026-01-06,2026-01-12,,Email Marketing,true
103,Sol,Gil,sol@gama.example,Gama,Subscriber,2026-01-07,,,Organic Search,
104,Max,Rey,max@delta.example,Delta,Customer,2026-01-08,2026-01-09,2026-01-15,Referrals,
"""
SPANISH = """Nombre completo;Correo electrónico;Teléfono;Empresa;Origen;Estado del lead;Necesidad;Presupuesto;Urgencia
Ana Ruiz Mora;ana@acme.example;612 345 678;Aceros Duero;Feria;Calificado por marketing;Hornos;1.200,50;Alta
;info@molino.example;;Molino Viejo;Web;Nuevo;Harinas;;Baja
Eva Sanz;eva@sol.example;;;Feria;Descartado;;;
Iván Rey;ivan@mar.example;;Mar Azul;Web;En estudio;;;
"""


def way(here: Company, email: str) -> list[tuple[str, str | None, bool]]:
    """(stage, day, whether a file said it) of the lead with this address."""
    with reading(here.app) as session:
        found = select(LeadEvent).join(Lead, Lead.id == LeadEvent.lead_id).where(Lead.email == email)
        rows = session.scalars(found.order_by(LeadEvent.id))
        return [(row.to_stage, row.at.date().isoformat(), row.is_sourced) for row in rows]


def lead_of(here: Company, email: str) -> Lead:
    with reading(here.app) as session:
        return session.scalars(select(Lead).where(Lead.email == email)).one()


def bring(here: Company, folder: Path, text: str, name: str = "leads.csv") -> tuple[int, int, int, int]:
    return counts(brought_in(here, "lead", folder, text, name))


def test_stages_and_their_days_become_sourced_facts(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    assert bring(here, tmp_path, HUBSPOT) == (4, 0, 0, 0)
    assert way(here, "ana@acme.example") == [
        ("new", "2026-01-05", True), ("mql", "2026-01-10", True), ("sql", "2026-01-20", True),
    ]  # fmt: skip
    assert [stage for stage, _day, _said in way(here, "max@delta.example")] == ["new", "mql", "sql", "converted"]
    leo = lead_of(here, "leo@beta.example")
    assert (leo.stage, leo.is_opted_out, leo.company, leo.name) == ("mql", True, "Beta", "Leo Paz")
    assert lead_of(here, "sol@gama.example").stage == "new"


def test_the_same_file_again_changes_nothing_and_a_later_one_moves_on(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    bring(here, tmp_path, HUBSPOT)
    assert bring(here, tmp_path, HUBSPOT) == (0, 0, 4, 0)
    later = HUBSPOT.replace("Marketing Qualified Lead,2026-01-06,2026-01-12,,", "SQL,2026-01-06,2026-01-12,2026-02-01,")
    assert bring(here, tmp_path, later) == (0, 1, 3, 0)
    assert way(here, "leo@beta.example")[-1][0] == "sql"
    leo = lead_of(here, "leo@beta.example")
    assert (leo.stage, str(leo.sql_at)[:10], str(leo.mql_at)[:10]) == ("sql", "2026-02-01", "2026-01-12")


def test_a_no_is_not_taken_back_by_a_file_and_a_converted_lead_stays(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    bring(here, tmp_path, HUBSPOT)
    assert bring(here, tmp_path, HUBSPOT.replace("Email Marketing,true", "Email Marketing,false"))[3] == 0
    assert lead_of(here, "leo@beta.example").is_opted_out
    later = HUBSPOT.replace("Delta,Customer", "Delta 2,Customer")
    report = brought_in(here, "lead", tmp_path, later, "leads.csv")
    assert counts(report)[3] == 1
    assert "is converted" in str(report["reasons"])


def test_a_spanish_sheet_is_understood_and_what_is_not_is_said(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    report = brought_in(here, "lead", tmp_path, SPANISH, "prospectos.csv")
    assert counts(report) == (3, 0, 0, 1)
    assert [(one["row"], one["column"]) for one in report["reasons"]] == [(5, "Estado del lead")]
    ana, mill, eva = (lead_of(here, who) for who in ("ana@acme.example", "info@molino.example", "eva@sol.example"))
    assert (ana.first_name, ana.last_name, ana.stage, ana.urgency) == ("Ana", "Ruiz Mora", "mql", "now")
    assert (ana.potential_amount, ana.need, mill.name, eva.stage) == (120050, "Hornos", "Molino Viejo", "lost")


def test_taking_a_later_file_back_takes_its_facts_back(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    bring(here, tmp_path, HUBSPOT)
    bring(here, tmp_path, HUBSPOT.replace("Sales Qualified Lead", "Customer"))
    assert lead_of(here, "ana@acme.example").stage == "converted"
    take_back(here)
    ana = lead_of(here, "ana@acme.example")
    assert (ana.stage, ana.converted_at, str(ana.sql_at)[:10]) == ("sql", None, "2026-01-20")


def test_taking_the_import_back_puts_the_leads_away(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    bring(here, tmp_path, HUBSPOT)
    take_back(here)
    assert here.titles("lead", "crm_admin") == set()


@pytest.mark.parametrize(("name", "created"), [("Lead_Data.csv", 11), ("Leads.json", 11)])
def test_reals_come_in_whole_and_once(app: Flask, name: str, created: int) -> None:
    here = funnel(app)
    first = imported(here, "lead", real(f"salesforce-sample/{name}"))
    again = imported(here, "lead", real(f"salesforce-sample/{name}"))
    assert (first["created"], first["refused"]) == (created, 0)
    assert (again["created"], again["updated"], again["refused"]) == (0, 0, 0)


def test_two_of_one_family_are_two_leads(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    sheet = "First name,Last name,E-mail,Need\nAna,Vega,casa@vega.example,Piano\nLuis,Vega,casa@vega.example,Violin\n"
    assert bring(here, tmp_path, sheet) == (2, 0, 0, 0)
    assert bring(here, tmp_path, sheet) == (0, 0, 2, 0)
    assert bring(here, tmp_path, sheet.replace("Violin", "Cello"), "later.csv") == (0, 1, 1, 0)
    assert here.titles("lead", "crm_admin") == {"Ana Vega", "Luis Vega"}


def test_a_later_file_says_when_and_why_a_lead_was_lost(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    bring(here, tmp_path, HUBSPOT)
    first, *rows = HUBSPOT.splitlines()
    lost = rows[1].replace("Marketing Qualified Lead", "Lost") + ",2026-03-01,Budget was cut"
    later = "\n".join((first + ",Lost date,Lost reason", *(f"{row},," for row in (rows[0], *rows[2:])), lost, ""))
    assert bring(here, tmp_path, later) == (0, 1, 3, 0)
    assert way(here, "leo@beta.example")[-1] == ("lost", "2026-03-01", True)
    with reading(app) as session:
        last = session.scalars(select(LeadEvent).where(LeadEvent.to_stage == "lost")).one()
    assert (last.reason, last.note) == ("budget_was_cut", None)
    assert "Budget was cut" in here.browser("crm_admin").get(f"/crm/leads/{last.lead_id}").text


def test_a_row_that_nothing_tells_apart_is_refused(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    assert bring(here, tmp_path, "Company,Need\n,Piano\nAcme,Violin\n") == (1, 0, 0, 1)
