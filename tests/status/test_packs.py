"""The files of a report: the same bytes each time, slides that can be edited, a tagged PDF, all from what is frozen."""

import subprocess
import sys
import time
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader
from sqlalchemy import select

from implementor.jobs.models import Job
from implementor.jobs.running import run_inline
from implementor.status.packing import MAKERS
from tests.auth.builders import reading
from tests.machinery.pages import Browser
from tests.projects.builders import browser_of
from tests.status.builders import PLACE, add_to_wave, alive, content, issue


@pytest.fixture
def told(app: Flask) -> dict[str, Any]:
    """What stands on an issued report, with a second point of progress and a comment."""
    here = alive(app)
    add_to_wave(here, "Came later")
    issue(here.browser())
    found = content(app)
    found["progress"]["rows"].append({**found["progress"]["rows"][-1], "iso": "2026-12-24", "day": "24/12"})
    found["comment"] = "The **supplier** has to be decided.\n\n- first\n- second"
    found["money"] = {"sentence": "Within the budget.", "currency": "USD", "pairs": [["Budget", "100 USD"]],
                      "bars": [["Budget", 100.0], ["Paid", 40.0]]}  # fmt: skip
    return found


def made(app: Flask, format: str, told: dict[str, Any]) -> bytes:
    with app.app_context():
        return MAKERS[format](told)


WITHOUT_PANGO = """
import cffi
found = cffi.FFI.dlopen
def lacks(self, name, *flags):
    if name and "pango" in name:
        raise OSError(f"cannot load library {name!r}")
    return found(self, name, *flags)
cffi.FFI.dlopen = lacks
from implementor.status.packing import MAKERS, NoPango
try:
    MAKERS["pdf"]({})
except NoPango as refusal:
    print(refusal.reason)
"""


def test_a_machine_without_pango_names_it_and_makes_the_other_files() -> None:
    told = subprocess.run([sys.executable, "-c", WITHOUT_PANGO], capture_output=True, text=True, check=True)
    assert "libpangoft2-1.0-0" in told.stdout


@pytest.mark.parametrize("format", list(MAKERS))
def test_the_same_report_makes_the_same_bytes(app: Flask, told: dict[str, Any], format: str) -> None:
    first = made(app, format, told)
    moment = int(time.time())
    while int(time.time()) == moment:  # what depends on the second of writing would differ now
        made(app, "xlsx", told)
    assert made(app, format, told) == first


def test_slides_have_native_charts_notes_and_words_for_what_is_seen(app: Flask, told: dict[str, Any]) -> None:
    deck = Presentation(BytesIO(made(app, "pptx", told)))
    shapes = [shape for slide in deck.slides for shape in slide.shapes]
    charts = [shape for shape in shapes if shape.has_chart]
    assert [chart.chart.plots[0].categories[0] for chart in charts] == [told["progress"]["rows"][0]["day"], "Budget"]
    book = load_workbook(BytesIO(charts[0].chart.part.chart_workbook.xlsx_part.blob))
    assert [cell.value for cell in book.worksheets[0][1]][1:] == ["In scope", "Validated"]
    drawn = [shape for shape in shapes if shape.has_chart or shape.has_table]
    assert all(shape._element.xpath(".//p:cNvPr/@descr")[0] for shape in drawn)
    assert all(slide.notes_slide.notes_text_frame.text for slide in deck.slides)
    assert deck.slides[0].shapes.title.text == "Status report 1: Rollout VEN"
    assert [slide.shapes.title.text for slide in deck.slides if slide.shapes.title.text == "Risks"] == ["Risks"]


def test_the_pdf_is_tagged_in_its_language_and_begins_with_one_sheet(app: Flask, told: dict[str, Any]) -> None:
    reader = PdfReader(BytesIO(made(app, "pdf", told)))
    root: Any = reader.trailer["/Root"]
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"]) == (True, "en")
    assert "/StructTreeRoot" in root
    assert b"pdfuaid" in root["/Metadata"].get_data()
    first, second = (reader.pages[place].extract_text() for place in (0, 1))
    assert len(reader.pages) == 2
    assert "Status report 1: Rollout VEN" in first
    assert "Computed from the records" in first
    assert "Rule" in second


def test_the_workbook_holds_every_section_and_runs_nothing(app: Flask, told: dict[str, Any]) -> None:
    told["risks"]["rows"][0]["title"] = "=HYPERLINK(1)"
    book = load_workbook(BytesIO(made(app, "xlsx", told)))
    assert len(book.sheetnames) == 10
    cell = book["Risks"]["A2"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")
    assert book["Progress"]["B2"].value == told["progress"]["rows"][0]["scope"]
    planned, first = book["Milestone"]["B2"], book["Progress"]["A2"]
    assert (planned.value.isoformat(), planned.is_date) == ("2026-03-01T00:00:00", True)
    assert first.value.date().isoformat() == told["progress"]["rows"][0]["iso"]


@pytest.mark.parametrize("format", ["pptx", "xlsx"])
def test_office_files_say_the_moment_of_issue_and_no_other(app: Flask, told: dict[str, Any], format: str) -> None:
    with ZipFile(BytesIO(made(app, format, told))) as packed:
        assert {entry.date_time[0] for entry in packed.infolist()} == {1980}
        assert told["head"]["iso"][:19] in packed.read("docProps/core.xml").decode()


def test_files_are_made_in_a_job_kept_and_taken_by_who_sees_money(app: Flask) -> None:
    here = alive(app)
    browser = here.browser()
    issue(browser)
    page = browser.get(f"{PLACE}/1").form("Make the files").submit()
    assert page.heading == "Files of status report 1"
    with reading(app) as session:
        job_id = session.scalars(select(Job.id).order_by(Job.id.desc())).first()
    run_inline(app, job_id or 0)
    page = browser.get(f"{PLACE}/1")
    taken = {format: browser.get(f"{PLACE}/1/files/{format}").response for format in MAKERS}
    assert {format: answer.get_data()[:4] for format, answer in taken.items()} == {
        "pdf": b"%PDF", "pptx": b"PK\x03\x04", "xlsx": b"PK\x03\x04",
    }  # fmt: skip
    assert taken["pdf"].headers["Content-Disposition"] == "attachment; filename=VEN-1.pdf"
    assert "Make the files" not in page.text
    other: Browser = browser_of(app, here.member)
    other.get(f"{PLACE}/1/files/pdf", status=403)
    browser.get(f"{PLACE}/1/files/docx", status=404)
