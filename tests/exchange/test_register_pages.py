"""Registers of a project come in by the same pages as its backlog, each kind under its own name."""

import io

from flask import Flask
from sqlalchemy import select

from implementor.governance.models import Risk
from tests.auth.builders import reading
from tests.exchange.builders import work_off
from tests.waves.builders import rollout

REGISTER = (
    "Risk,Probability,Impact,Status\nThe supplier leaves,4 - Likely,High,Open\nNobody uses it,2,2,Purple\nTotal,6,,\n"
)


def test_a_register_goes_from_upload_to_its_list(app: Flask) -> None:
    here = rollout(app)
    browser = here.browser()
    form = browser.get(here.url("/imports/new")).form("upload")
    page = form.submit(kind="risk", file=(io.BytesIO(REGISTER.encode()), "risks.csv"))
    assert "one record per row" in page.text
    page = page.form("reading").submit(button="Next: columns")
    assert page.form("columns").value("column_1") == "probability"
    page = page.form("columns").submit(button="Check all rows")
    said = [row["Value"] for row in page.rows("#refused_rows table")]
    assert said[0] == "Purple"
    assert "adds up the others (Total)" in page.text
    page = page.form("meanings").submit({"state:Purple": "open"})
    page.form("Import 2 rows").submit()
    work_off(app)
    with reading(app) as session:
        titles = session.scalars(select(Risk.title).order_by(Risk.number)).all()
    assert titles == ["The supplier leaves", "Nobody uses it"]
    page = browser.get(here.url("/imports")).follow("risks.csv")
    assert "Imported" in page.texts(".page-state .badge")
