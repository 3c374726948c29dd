"""Consolidated packs: frozen, of what their issuer sees, open only to who sees every project in them, also as files."""

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from implementor.foundation.permissions import Role
from implementor.jobs.models import Job
from implementor.jobs.running import run_inline
from implementor.portfolio.models import ConsolidatedFile, ConsolidatedPack, PackProject
from implementor.portfolio.pack_composing import Wanted, compose_pack
from implementor.portfolio.pack_files import MAKERS
from implementor.portfolio.standings import Standings
from implementor.web.database import writing_session
from tests.auth.builders import add_person, reading
from tests.governance.builders import risk
from tests.machinery.pages import Browser, Page
from tests.machinery.statements import counting
from tests.projects.builders import browser_of, pmo
from tests.status.builders import TODAY, alive
from tests.status.test_programme import beside
from tests.waves.builders import START, Rollout

PLACE = "/portfolio/packs"


@pytest.fixture
def here(app: Flask) -> Rollout:
    """VEN, which is off track, and beside it SER of the same lead."""
    found = alive(app)
    beside(app, "SER", people=[(Role.PROJECT_LEAD, found.lead)])
    return found


def issued(browser: Browser, comment: str = "", programme: str = "") -> Page:
    page = browser.get(f"{PLACE}/now?programme={programme}")
    return page.form("pack_form").submit(comment=comment)


def sheet_text(page: Page) -> str:
    return " ".join(page.texts("#sheet"))


def test_a_pack_tells_the_worst_first_and_stays_though_the_plan_changes(app: Flask, here: Rollout) -> None:
    browser = browser_of(app, pmo(app))
    draft = browser.get(f"{PLACE}/now")
    assert draft.texts("#sheet .sheet-list")[0].startswith("Off track Rollout VEN Time: ")
    page = issued(browser, "The **supplier** decides.")
    assert page.heading == "Consolidated pack: Portfolio"
    text = sheet_text(page)
    assert "From figures: 0 of 2 projects on track." in text
    assert "VEN · The supplier leaves" in text
    assert "VEN · Which supplier?" in text
    risk(app, here.lead, here.project_id, title="Came later", probability=5, impact=5)
    assert sheet_text(browser.get(page.url)) == text
    assert "Came later" in sheet_text(browser.get(f"{PLACE}/now"))
    [row] = browser.get(PLACE).rows("#issued")
    assert (row["Issued pack"], row["Projects"]) == ("1 · Portfolio", "2")


def test_only_who_sees_every_project_in_it_finds_a_pack(app: Flask, here: Rollout) -> None:
    page = issued(browser_of(app, pmo(app)))
    lead, member = browser_of(app, here.lead), browser_of(app, here.member)
    assert "Rollout SER" in lead.get(page.url).text
    member.get(page.url, status=404)
    member.post(f"{page.url}/files", status=404)
    member.get(f"{page.url}/files/pdf", status=404)
    assert "SER" not in member.get(f"{PLACE}/now").text
    assert "No pack is issued yet" in member.get(PLACE).text
    assert "No project to see" in browser_of(app, add_person(app, "Sonia Sosa")).get(f"{PLACE}/now").text
    lead.post(PLACE, {"language": "en"}, status=403)


def test_who_sees_no_money_does_not_find_the_pack_that_tells_of_it(app: Flask) -> None:
    here = alive(app)
    page = issued(browser_of(app, pmo(app)))
    member = browser_of(app, here.member)
    member.get(page.url, status=404)
    assert "Money" not in [one.split(":")[0] for one in member.get(f"{PLACE}/now").texts(".details-table th")]


def test_a_pack_of_a_programme_tells_of_its_projects_alone(app: Flask, here: Rollout) -> None:
    browser = browser_of(app, pmo(app))
    beside_it = browser.get("/portfolio/programmes").rows()[0]["Programme"]
    page = issued(browser, programme="1")
    assert page.heading == f"Consolidated pack: {beside_it}"
    browser.get(f"{PLACE}/now?programme=999", status=404)
    browser.post(PLACE, {"language": "en", "programme": "x"}, status=404)


def test_a_comment_that_is_too_long_is_refused_and_kept(app: Flask, here: Rollout) -> None:
    browser = browser_of(app, pmo(app))
    page = browser.get(f"{PLACE}/now").form("pack_form").submit(status=422, comment="x" * 901)
    assert "Up to 900 characters" in page.text
    assert "x" * 901 in page.html


def test_files_are_made_in_a_job_and_hold_every_section(app: Flask, here: Rollout) -> None:
    browser = browser_of(app, pmo(app))
    page = issued(browser)
    assert browser.get(page.url).form("Make the files").submit().heading == "Files of consolidated pack 1"
    with reading(app) as session:
        job_id = session.scalars(select(Job.id).order_by(Job.id.desc())).first()
    run_inline(app, job_id or 0)
    taken = {format: browser.get(f"{page.url}/files/{format}").response.get_data() for format in MAKERS}
    root: Any = PdfReader(BytesIO(taken["pdf"])).trailer["/Root"]
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"]) == (True, "en")
    deck = Presentation(BytesIO(taken["pptx"]))
    shapes = [shape for slide in deck.slides for shape in slide.shapes]
    [chart] = [shape.chart for shape in shapes if shape.has_chart]
    assert list(chart.plots[0].categories)[:2] == ["Scope", "Time"]
    assert all(slide.notes_slide.notes_text_frame.text for slide in deck.slides)
    book = load_workbook(BytesIO(taken["xlsx"]))
    assert [cell.value for cell in book["Projects"]["A"]] == ["Project", "VEN · Rollout VEN", "SER · Rollout SER"]
    with reading(app) as session, app.app_context():
        content = session.scalars(select(ConsolidatedPack.content)).one()
        assert {format: MAKERS[format](content) for format in MAKERS} == taken


def test_a_link_shows_the_frozen_pack_alone_until_it_is_revoked(app: Flask, here: Rollout) -> None:
    browser = browser_of(app, pmo(app))
    pack = issued(browser)
    browser.get(pack.url).form("share_form").submit(status=422, label="", days="7")
    page = browser.get(pack.url).form("share_form").submit(label="The board", days="7")
    address = str(page.find("#share a[href*='/shared-packs/']").get("href"))
    read = Browser(app).get(address)
    assert (read.url, read.heading) == ("/shared-packs", "Consolidated pack: Portfolio")
    assert [link.get("href") for link in read.all("main a")] == []
    assert read.response.headers["Cache-Control"] == "no-store"
    page = browser.get(pack.url)
    assert page.rows("#share table")[0]["Opened"].startswith("1 times")
    page.form("Revoke").submit()
    assert Browser(app).get(address, status=404).heading == "This link opens nothing"


def test_the_database_keeps_what_was_issued(app: Flask, here: Rollout) -> None:
    issued(browser_of(app, pmo(app)))
    with writing_session(app) as session:
        session.add(ConsolidatedFile(pack_id=1, format="pdf", data=b"x", size=1, sha256="x", made_at=START))
        session.commit()
    for model, values in ((ConsolidatedPack, {"comment": "x"}), (PackProject, {"shows_money": False}),
                          (ConsolidatedFile, {"data": b"y"})):  # fmt: skip
        for statement in (update(model).values(**values), delete(model)):
            with writing_session(app) as session, pytest.raises(IntegrityError):
                session.execute(statement)


def test_many_projects_cost_the_statements_of_one(app: Flask) -> None:
    here = alive(app)
    by = pmo(app).actor.with_roles([Role.PMO])

    def composed() -> Any:
        with reading(app) as session, app.app_context(), counting() as statements:
            made = compose_pack(session, Wanted(None, "es"), Standings(session, by, TODAY), by=by, at=START)
        return made, statements

    _first, one = composed()
    beside(app, "SER", "POS", "INV")
    risk(app, here.lead, 2, probability=5, impact=5)
    made, many = composed()
    assert len(many) == len(one), many.beyond(one)
    assert [line["key"] for line in made.content["projects"]] == ["SER", "VEN", "INV", "POS"]
