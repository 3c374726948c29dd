"""Lead funnels of other systems come in without anybody mapping a column: stages, their days, reasons and worth."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.crm.leads.models import Lead, LeadEvent
from tests.auth.builders import reading
from tests.crm.builders import Company, company
from tests.crm.importing import counts, imported
from tests.crm.leads import funnel_files as files

Told = dict[str, Any]
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252")


def bring(
    here: Company,
    folder: Path,
    text: str,
    encoding: str = "utf-8",
    name: str = "leads.csv",
    options: tuple[str, ...] = (),
) -> Told:
    """Import a funnel in an encoding; what came of it has to be the same when it comes in again."""
    file = folder / name
    file.write_bytes(
        text.encode(encoding) if encoding != "utf-16-le" else "\ufeff".encode(encoding) + text.encode(encoding)
    )
    report = imported(here, "lead", file, *options)
    again = imported(here, "lead", file, *options)
    assert counts(again)[:2] == (0, 0), again
    return dict(report)


def leads(here: Company) -> dict[str, Lead]:
    with reading(here.app) as session:
        return {lead.company or lead.name: lead for lead in session.scalars(select(Lead))}


def way(here: Company, lead: Lead) -> list[tuple[str, str, str | None]]:
    """(stage, day, reason) of a lead."""
    with reading(here.app) as session:
        rows = session.scalars(select(LeadEvent).where(LeadEvent.lead_id == lead.id).order_by(LeadEvent.id))
        return [(row.to_stage, row.at.date().isoformat(), row.reason) for row in rows]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_whole_funnel_with_reasons_and_worth(app: Flask, tmp_path: Path, encoding: str) -> None:
    here = company(app)
    text = files.FUNNEL if encoding != "cp1252" else files.FUNNEL.replace("\n", "\r\n")
    assert counts(bring(here, tmp_path, text, encoding)) == (7, 0, 0, 0)
    found = leads(here)
    assert {name: lead.stage for name, lead in found.items()} == {
        "Acme": "new", "Beta": "mql", "Gama": "sal", "Delta": "sql", "Omega": "converted", "Sigma": "lost",
        "Lambda": "recycled",
    }  # fmt: skip
    assert way(here, found["Sigma"]) == [
        ("new", "2026-01-07", None), ("mql", "2026-01-10", None), ("lost", "2026-01-20", "competitor"),
    ]  # fmt: skip
    assert way(here, found["Omega"])[-1] == ("converted", "2026-02-01", None)
    assert way(here, found["Lambda"])[-1][::2] == ("recycled", "budget")
    assert (found["Acme"].potential_amount, found["Acme"].currency) == (1_250_000, "EUR")
    assert (found["Gama"].potential_amount, found["Gama"].currency) == (90_000, "USD")
    assert found["Acme"].owner_id == here.people["seller"].id
    assert found["Gama"].owner_id == here.people["mate"].id


def test_an_english_export_of_salesforce(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    assert counts(bring(here, tmp_path, files.SALESFORCE)) == (3, 0, 0, 0)
    found = leads(here)
    assert [found[name].stage for name in ("Acme", "Beta", "Gama")] == ["new", "converted", "lost"]
    assert way(here, found["Beta"]) == [("new", "2026-01-06", None), ("converted", "2026-02-28", None)]
    assert way(here, found["Gama"])[-1][2] == "price"
    assert (found["Acme"].urgency, found["Beta"].owner_id) == ("now", here.people["mate"].id)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_spanish_export_of_hubspot(app: Flask, tmp_path: Path, encoding: str) -> None:
    here = company(app)
    assert counts(bring(here, tmp_path, files.HUBSPOT_ES, encoding)) == (3, 0, 0, 0)
    found = leads(here)
    assert [day[:2] for day in way(here, found["Acme"])] == [
        ("new", "2026-01-05"), ("mql", "2026-01-10"), ("sql", "2026-01-20"),
    ]  # fmt: skip
    assert way(here, found["Beta"])[-1][::2] == ("lost", "sin_presupuesto"), "the status says more than the stage"
    assert (found["Gama"].stage, found["Acme"].potential_amount) == ("new", 1_250_050)


def test_days_alone_say_how_far_a_lead_came_and_who_has_no_name_is_called_by_what_is_known(
    app: Flask, tmp_path: Path
) -> None:
    here = company(app)
    assert counts(bring(here, tmp_path, files.DATES_ONLY, name="funnel.tsv")) == (3, 0, 0, 0)
    assert {name: lead.stage for name, lead in leads(here).items()} == {
        "ana@acme.example": "mql", "leo@beta.example": "converted", "7003": "new",
    }  # fmt: skip


def test_leads_without_people_are_followed_by_their_key_from_file_to_file(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    chart = tmp_path / "map.json"
    chart.write_text('{"columns": {"first_contact_date": "mql_at"}, "options": {"system": "olist"}}')
    told = ("--map", str(chart))
    assert counts(bring(here, tmp_path, files.OLIST, name="mqls.csv", options=told)) == (2, 0, 0, 0)
    chart.write_text('{"columns": {}, "options": {"system": "olist"}}')
    assert counts(bring(here, tmp_path, files.OLIST_DEALS, name="deals.csv", options=told)) == (0, 1, 0, 0)
    found = leads(here)
    won, open_one = found["dac32acd4db4c29c230538b72f8dd87d"], found["8c18d1de7f67e60dbd64e3c07d7e9d5d"]
    assert (won.stage, open_one.stage, won.industry) == ("converted", "mql", "pet")
    assert str(won.converted_at)[:10] == "2018-02-26"


def test_a_flag_says_who_was_converted_and_who_wants_no_mail(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    assert counts(bring(here, tmp_path, files.COURSES)) == (2, 0, 0, 0)
    assert sorted((lead.stage, lead.is_opted_out, lead.source) for lead in leads(here).values()) == [
        ("converted", True, "organic_search"), ("new", False, "olark_chat"),
    ]  # fmt: skip
