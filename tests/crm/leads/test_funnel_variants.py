"""Leads as Pipedrive, Zoho and Dynamics write them, in both languages, come in without anybody mapping a column."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.crm.leads.models import Lead
from tests.auth.builders import reading
from tests.crm.builders import company
from tests.crm.importing import brought_in, counts

PIPEDRIVE = """"Lead - Title","Lead - Owner","Lead - Value","Lead - Currency of Value","Person - Name",\
"Person - Email - Work","Person - Phone - Mobile","Organization - Name","Lead - Created","Lead - Source"
"Pumps","Seller Vega","12,500.00","EUR","Eva Mora","eva@acme.example","+1 415 555 0101","Acme",2026-01-05 09:12:33,Web
"""
PIPEDRIVE_ES = """\ufeffProspecto - Título;Prospecto - Propietario;Prospecto - Valor;Prospecto - Moneda de Valor;\
Persona - Nombre;Persona - Correo electrónico;Organización - Nombre;Prospecto - Fecha de creación
Bombas;Seller Vega;12.500,00;EUR;Eva Mora;eva@acme.example;Acme;05/01/2026
Juntas;Seller Vega;900,50;EUR;Luis Paz;luis@beta.example;Beta;13/02/2026
"""
ZOHO = """Record Id,Lead Owner,Company,First Name,Last Name,Email,Lead Source,Lead Status,Created Time,Email Opt Out
z1,Seller Vega,Acme,Eva,Mora,eva@acme.example,Partner,Attempted to Contact,2026-01-05 09:12:33,false
z2,Seller Vega,Beta,Luis,Paz,luis@beta.example,Partner,Pre-Qualified,2026-01-07 09:12:33,true
z3,Seller Vega,Gama,Ana,Gil,ana@gama.example,Partner,Junk Lead,2026-01-07 09:12:33,false
z4,Seller Vega,Delta,Pau,Sol,pau@delta.example,Partner,Contact in Future,2026-01-08 09:12:33,false
"""
ZOHO_ES = """Id. de registro;Propietario de Posible cliente;Empresa;Nombre;Apellidos;Correo electrónico;\
Fuente de Posible cliente;Estado de Posible cliente;Hora de creación
z1;Seller Vega;Acme;Eva;Mora;eva@acme.example;Publicidad;Contactado;05/01/2026 09:12
z2;Seller Vega;Beta;Luis;Paz;luis@beta.example;Socio;Precalificado;15/01/2026 10:00
z3;Seller Vega;Gama;Ana;Gil;ana@gama.example;Socio;Cliente potencial perdido;16/01/2026 10:00
"""
DYNAMICS = """(Do Not Modify) Lead,Name,Topic,Status Reason,Status,Created On,Company Name,Email,Business Phone,Rating,\
Owner,Est. Value,Currency,Do not allow Emails
1-a,Eva Mora,Pumps,New,Open,1/5/2026 9:12,Acme,eva@acme.example,415-555-0101,Hot,Seller Vega,\
"$12,500.00",US Dollar,Allow
1-b,Luis Paz,Seals,No Longer Interested,Disqualified,1/17/2026 9:12,Beta,luis@beta.example,,Cold,Seller Vega,,\
US Dollar,Do Not Allow
"""
DYNAMICS_ES = """(No modificar) Cliente potencial;Nombre;Tema;Razón para el estado;Estado;Fecha de creación;\
Nombre de la compañía;Correo electrónico;Clasificación;Propietario;Valor est.;Divisa
1-a;Eva Mora;Bombas;Nuevo;Abierto;05/01/2026 9:12;Acme;eva@acme.example;Activo;Seller Vega;12.500,00 €;Euro
1-b;Luis Paz;Juntas;Perdido;Descalificado;26/01/2026 9:12;Beta;luis@beta.example;Inactivo;Seller Vega;;Euro
"""
STAGES = {
    "pipedrive.csv": (PIPEDRIVE, ["new"]),
    "pipedrive_es.csv": (PIPEDRIVE_ES, ["new", "new"]),
    "zoho.csv": (ZOHO, ["new", "mql", "lost", "recycled"]),
    "zoho_es.csv": (ZOHO_ES, ["sal", "mql", "lost"]),
    "dynamics.csv": (DYNAMICS, ["new", "lost"]),
    "dynamics_es.csv": (DYNAMICS_ES, ["new", "lost"]),
}
WORTH = {"dynamics.csv": (1_250_000, "USD"), "zoho.csv": (None, None), "zoho_es.csv": (None, None)}


@pytest.mark.parametrize("name", sorted(STAGES))
def test_leads_of_another_system_come_in_as_they_stood(app: Flask, tmp_path: Path, name: str) -> None:
    here, (text, stages) = company(app), STAGES[name]
    report = brought_in(here, "lead", tmp_path, text, name)
    assert counts(report) == (len(stages), 0, 0, 0), report["reasons"]
    with reading(app) as session:
        found = session.scalars(select(Lead).order_by(Lead.id)).all()
        assert [one.stage for one in found] == stages
        first = found[0]
        assert (first.name, first.company, first.email) == ("Eva Mora", "Acme", "eva@acme.example")
        assert first.began_at.date().isoformat() == "2026-01-05"
        assert first.owner_id == here.people["seller"].id
        assert first.region is None
        assert (first.potential_amount, first.currency) == WORTH.get(name, (1_250_000, "EUR"))
        assert [one.is_opted_out for one in found] == [
            name in ("zoho.csv", "dynamics.csv") and at == 1 for at in range(len(found))
        ]
    assert counts(brought_in(here, "lead", tmp_path, text, name))[:2] == (0, 0)
