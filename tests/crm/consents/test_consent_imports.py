"""Consents from files: taken down once and for good, and never in the place of a no."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.configuration.services.access import set_reaches
from implementor.crm.consents.asking import may_contact
from implementor.crm.consents.models import Consent
from implementor.crm.consents.services import NewConsent, record_consent
from implementor.foundation.access import Reach
from implementor.foundation.permissions import SYSTEM, Role
from tests.auth.builders import reading, working
from tests.crm.builders import START, Company, company
from tests.crm.importing import brought_in, counts, imported, take_back

SHEET = """Email,Purpose,Channel,Opt-in,Consent date,Source,Proof
ana@vega.example,Newsletter,Email,Yes,2026-01-05 10:00,Fair,https://forms.example/1
ana@vega.example,Advertising,,No,2026-01-05 10:00,Fair,
Luis Paz,Boletín,SMS,Opt out,2026-02-01,,
nobody@x.example,Newsletter,,Yes,2026-01-05,,
Luis Paz,Astrology,,Yes,2026-01-05,,
Luis Paz,Newsletter,,Yes,2036-01-05,,
"""


def people(app: Flask) -> tuple[Company, int, int]:
    here = company(app)
    ana = here.add("contact", "crm_admin", first_name="Ana", last_name="Vega", email="ana@vega.example")
    luis = here.add("contact", "crm_admin", first_name="Luis", last_name="Paz", email="luis@paz.example")
    return here, ana, luis


def said(here: Company) -> list[tuple[int, str, str | None, str]]:
    with reading(here.app) as session:
        rows = session.scalars(select(Consent).order_by(Consent.id))
        return [(row.contact_id, row.purpose, row.channel, row.status) for row in rows]


def test_a_list_of_consents_is_taken_down_as_it_was_said(app: Flask, tmp_path: Path) -> None:
    here, ana, luis = people(app)
    report = brought_in(here, "consent", tmp_path, SHEET)
    assert counts(report) == (3, 0, 0, 3), report["reasons"]
    assert said(here) == [
        (ana, "newsletter", "email", "given"), (ana, "marketing", None, "refused"),
        (luis, "newsletter", "chat", "withdrawn"),
    ]  # fmt: skip
    told = {one["row"]: one["message"] for one in report["reasons"]}
    assert "nothing here is called nobody@x.example" in told[5]
    assert told[6] == "Choose one of the list."
    assert "later than now" in told[7]
    with reading(app) as session:
        assert may_contact(session, [ana, luis], "newsletter", "email", on=START.date()) == {ana}


def test_it_comes_in_once_and_is_not_taken_back(app: Flask, tmp_path: Path) -> None:
    here, *_ = people(app)
    brought_in(here, "consent", tmp_path, SHEET)
    before = said(here)
    take_back(here)
    assert said(here) == before
    assert counts(brought_in(here, "consent", tmp_path, SHEET)) == (0, 0, 3, 3)
    assert counts(brought_in(here, "consent", tmp_path, SHEET, "other.csv"))[:2] == (0, 0), "the words are known"


@pytest.mark.parametrize("day", ["2026-01-01", "2026-04-01", ""])
def test_a_yes_never_overrides_a_no(app: Flask, tmp_path: Path, day: str) -> None:
    here, ana, _luis = people(app)
    no = NewConsent(ana, "newsletter", "withdrawn", START, "email")
    with here.working("crm_admin", START + timedelta(hours=1)) as session:
        record_consent(session, no, by=here.by("crm_admin"), at=START + timedelta(hours=1))
    sheet = f"Email,Purpose,Channel,Status,Date\nana@vega.example,Newsletter,Email,Subscribed,{day}\n"
    report = brought_in(here, "consent", tmp_path, sheet)
    assert report["created"] + report["refused"] == 1
    with reading(app) as session:
        assert may_contact(session, [ana], "newsletter", "email", on=START.date() + timedelta(days=90)) == set()


def test_a_later_no_counts_even_in_the_same_file(app: Flask, tmp_path: Path) -> None:
    here, ana, _luis = people(app)
    rows = ("No,2026-02-05", "Yes,2026-02-06", "Yes,2026-01-05")
    sheet = "Email,Purpose,Status,Date\n" + "".join(f"ana@vega.example,Newsletter,{row}\n" for row in rows)
    report = brought_in(here, "consent", tmp_path, sheet)
    assert counts(report) == (2, 0, 0, 1)
    assert "The contact said no" in str(report["reasons"])
    with reading(app) as session:
        assert may_contact(session, [ana], "newsletter", "email", on=START.date()) == set()


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_consents_leave_as_a_file_and_come_back_unchanged(app: Flask, tmp_path: Path, form: str) -> None:
    here, _ana, _luis = people(app)
    brought_in(here, "consent", tmp_path, SHEET)
    here.add("contact", "crm_admin", first_name="Ana", last_name="Vega", email="another@vega.example")
    before, file = said(here), tmp_path / f"consents.{form}"
    told = app.test_cli_runner().invoke(args=["export", "consent", "-o", str(file), "--as", "crm_admin@vega.example"])
    assert told.output == f"Written: 3 to {file}.\n"
    assert counts(imported(here, "consent", file)) == (0, 0, 3, 0)
    assert said(here) == before


def test_nobody_takes_away_what_people_beyond_their_sight_said(app: Flask, tmp_path: Path) -> None:
    here, ana, _luis = people(app)
    brought_in(here, "consent", tmp_path, SHEET)
    with working(app) as session:
        set_reaches(session, {("contact", Role.CRM_USER): (Reach.OWN, Reach.OWN)}, by=SYSTEM, at=START)
    here.change("contact", ana, "crm_admin", owner=here.people["seller"].id)
    for who, names in (("seller", {"Ana Vega"}), ("elsewhere", set())):
        answer = app.test_cli_runner().invoke(
            args=["export", "consent", "--format", "json", "--as", here.people[who].email]
        )
        assert {one["contact"] for one in json.loads(answer.stdout)} == names
    assert app.test_cli_runner().invoke(args=["export", "consent", "--as", "stranger@vega.example"]).exit_code == 1
