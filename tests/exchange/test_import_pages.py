"""An import by its pages: each step shows what will happen, and nothing happens before it is asked for."""

import pytest
from flask import Flask

from implementor.exchange.models import ImportRun
from implementor.exchange.views import looking
from implementor.stories.models import Story
from tests.auth.builders import reading
from tests.exchange.builders import number_of, stories_in, upload, work_off
from tests.projects.builders import browser_of
from tests.waves.builders import rollout

BACKLOG = "Key,Title,Status,Points,Sprint\nA-1,Ver pedidos,Hecho,3 Puntos,Sprint 1\nA-2,Ver quejas,Bogus,5,Sprint 2\n"


def test_a_file_goes_from_upload_to_report(app: Flask) -> None:
    here = rollout(app)
    browser = here.browser()
    page = upload(browser, here, BACKLOG.encode())
    assert "one story per row" in page.text
    assert page.rows()[0] == {
        "Row": "2",
        "Key": "A-1",
        "Title": "Ver pedidos",
        "Status": "Hecho",
        "Points": "3 Puntos",
        "Sprint": "Sprint 1",
    }
    page = page.form("reading").submit(button="Next: columns")
    assert page.form("columns").value("column_3") == "points"
    page = page.form("columns").submit(button="Check all rows")
    assert "Nothing has been written yet" in page.text
    assert number_of(here, Story) == 0
    page = page.form("Import 1 row").submit()
    assert "waits for a worker" in page.text
    work_off(app)
    page = browser.get(page.url)
    assert "Imported" in page.texts(".page-state .badge")
    assert stories_in(here)["Ver pedidos"].status == "validated"


def test_what_a_word_means_can_be_said(app: Flask) -> None:
    here = rollout(app)
    browser = here.browser()
    page = upload(browser, here, BACKLOG.encode()).form("reading").submit(button="Next: columns")
    page = page.form("columns").submit(button="Check all rows")
    assert page.rows("#refused_rows table")[0]["Value"] == "Bogus"
    page = page.form("meanings").submit({"status:Bogus": "review"})
    assert not page.all("#refused_rows")
    page.form("Import 2 rows").submit()
    work_off(app)
    assert stories_in(here)["Ver quejas"].status == "review"


def test_an_import_is_taken_back(app: Flask) -> None:
    here = rollout(app)
    browser = here.browser()
    page = upload(browser, here, b"Title\nOne\nTwo\n").form("reading").submit(button="Next: columns")
    page = page.form("columns").submit(button="Check all rows").form("Import 2 rows").submit()
    work_off(app)
    page = browser.get(page.url)
    page.form("Take this import back").submit()
    work_off(app)
    page = browser.get(page.url)
    assert "2 records were put back" in page.text
    assert stories_in(here) == {}
    assert browser.get(here.url("/imports")).rows()[0]["State"] == "Taken back"


def test_a_mapping_without_a_title_keeps_what_was_chosen(app: Flask) -> None:
    here = rollout(app)
    page = upload(here.browser(), here, b"Title,Points\nOne,3\n").form("reading").submit(button="Next: columns")
    page = page.form("columns").submit(button="Check all rows", column_0="", column_1="value", status=422)
    assert "No column fills Title" in page.text
    assert page.form("columns").value("column_1") == "value"


def test_a_mapping_is_remembered_for_the_next_file(app: Flask) -> None:
    here = rollout(app)
    browser = here.browser()
    page = upload(browser, here, b"Title,What\nOne,3\n").form("reading").submit(button="Next: columns")
    page.form("columns").submit(button="Check all rows", column_1="points")
    page = upload(browser, here, b"Title,What\nTwo,5\n", "next.csv").form("reading").submit(button="Next: columns")
    assert page.form("columns").value("column_1") == "points"
    assert "as they were for the last file" in page.text


def test_an_unreadable_file_is_refused_at_once_and_leaves_nothing(app: Flask) -> None:
    here = rollout(app)
    page = upload(here.browser(), here, b"", status=422)
    assert "The file is empty." in page.text
    page = upload(here.browser(), here, b"%PDF-1.4 nonsense", "plan.pdf", status=422)
    assert "PDF" in page.text
    assert number_of(here, ImportRun) == 0


def test_a_file_can_be_read_in_another_way(app: Flask) -> None:
    here = rollout(app)
    page = upload(here.browser(), here, "Título;Descripción\nAñadir;niño\n".encode("latin-1"))
    assert page.rows()[0]["Título"] == "Añadir"
    page = page.form("reading").submit(button="Read it again", encoding="cp850")
    assert page.rows()[0] != {"Row": "2", "Título": "Añadir", "Descripción": "niño"}
    page = page.form("reading").submit(button="Read it again", header_rows="x", status=422)
    assert "Write row numbers" in page.text


def test_refused_rows_come_back_as_a_sheet_that_can_be_imported(app: Flask) -> None:
    here = rollout(app)
    browser = here.browser()
    page = upload(browser, here, BACKLOG.encode()).form("reading").submit(button="Next: columns")
    page = page.form("columns").submit(button="Check all rows")
    sheet = browser.client.get(page.links["Refused rows as CSV"]).get_data(as_text=True)
    assert 'A-2,Ver quejas,Bogus,5,Sprint 2,"Status: The status Bogus is not known' in sheet
    page = upload(browser, here, sheet.replace(",Bogus,", ",Hecho,").encode(), "backlog-refused.csv")
    page = page.form("reading").submit(button="Next: columns").form("columns").submit(button="Check all rows")
    assert "Import 1 row" in page.text
    assert browser.client.get(page.links.get("Refused rows as XLSX", page.url)).status_code == 200


def test_imports_of_another_project_are_not_found(app: Flask) -> None:
    here, other = rollout(app), rollout(app, "OTH")
    upload(here.browser(), here, BACKLOG.encode())
    with reading(app) as session:
        run_id = session.query(ImportRun.id).scalar()
    stranger = other.browser()
    for page in ("", "/reading", "/columns", "/check", "/progress", "/refused.csv"):
        stranger.get(other.url(f"/imports/{run_id}{page}"), status=404)
        stranger.get(here.url(f"/imports/{run_id}{page}"), status=404)
    for verb in ("reading", "columns", "check", "run", "cancel", "undo"):
        stranger.post(other.url(f"/imports/{run_id}/{verb}"), status=404)


def test_a_team_member_may_not_import(app: Flask) -> None:
    here = rollout(app)
    browser = browser_of(app, here.member)
    browser.get(here.url("/imports"), status=403)
    browser.get(here.url("/imports/new"), status=403)


def test_a_large_file_is_checked_by_a_job_that_can_be_cancelled(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    here = rollout(app)
    browser = here.browser()
    monkeypatch.setattr(looking, "SMALL", {"csv": 1})
    page = upload(browser, here, BACKLOG.encode()).form("reading").submit(button="Next: columns")
    page = page.form("columns").submit(button="Check all rows")
    assert "Checking all rows" in page.text
    page = page.form("Cancel the check").submit()
    page = page.form("columns").submit(button="Check all rows")
    work_off(app)
    page = browser.get(page.url)
    assert "Import 1 row" in page.text
    assert page.rows("#refused_rows table")[0]["Row"] == "3"


def test_two_imports_of_a_project_do_not_run_at_once(app: Flask) -> None:
    here = rollout(app)
    browser = here.browser()
    first = upload(browser, here, b"Title\nOne\n").form("reading").submit(button="Next: columns")
    first.form("columns").submit(button="Check all rows").form("Import 1 row").submit()
    second = upload(browser, here, b"Title\nTwo\n").form("reading").submit(button="Next: columns")
    page = second.form("columns").submit(button="Check all rows").form("Import 1 row").submit(status=409)
    assert "Another import of this project is under way" in page.text
    page = browser.get(here.url("/imports")).follow("backlog.csv")
    work_off(app)
    assert set(stories_in(here)) == {"One"}
