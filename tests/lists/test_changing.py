"""Changing records through the shared pages: one field, one form, many rows, and two people at once."""

import csv
import io
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from openpyxl import load_workbook

from implementor.foundation.permissions import Role
from implementor.jobs.models import Job
from implementor.lists import bulk as bulk_rules
from implementor.stories.services import change_story
from tests.auth.builders import reading
from tests.machinery.pages import Page
from tests.projects.builders import pmo, take_from_project
from tests.stories.builders import START, Backlog, backlog


def field_url(here: Backlog, name: str, rest: str = "") -> str:
    return here.url(f"/records/story/{here.stored().id}/fields/{name}{rest}")


def changed_elsewhere(here: Backlog, **values: Any) -> None:
    with here.working() as session:
        change_story(session, here.one(session), values, by=here.by, at=START)


def test_one_field_is_edited_in_place(app: Flask) -> None:
    here = backlog(app)
    here.story()
    browser = here.browser()
    browser.get(here.url("/stories/1"))
    form = browser.get(field_url(here, "points", "/edit"), target="field_points").form("form")
    refused = form.submit(points="many", status=422, target="field_points")
    assert "points" in refused.form("form").errors
    saved = form.submit(points="8", target="record_body")
    assert not saved.is_whole
    assert "8" in saved.find("#field_points").text_content()
    assert here.stored().points == 8
    shown = browser.get(field_url(here, "points"), target="field_points")
    assert shown.all("#field_points [data-inline-edit]")


@pytest.mark.parametrize("name", ["score", "status", "number", "rank"])
def test_what_is_computed_is_not_edited(app: Flask, name: str) -> None:
    here = backlog(app)
    here.story()
    page = here.browser().get(field_url(here, name, "/edit"), status=None)
    assert page.status in (403, 404)


def test_different_fields_of_two_people_are_joined(app: Flask) -> None:
    here = backlog(app)
    here.story()
    form = here.browser().get(here.url(f"/records/story/{here.stored().id}/edit")).form("Save")
    changed_elsewhere(here, points="8")
    form.submit(title="Another title")
    assert (here.stored().title, here.stored().points) == ("Another title", Decimal(8))


@pytest.mark.parametrize(("keep", "title"), [(None, "Mine"), ("theirs", "Theirs")])
def test_the_same_field_of_two_people_is_decided_by_the_later(app: Flask, keep: str | None, title: str) -> None:
    here = backlog(app)
    here.story()
    form = here.browser().get(here.url(f"/records/story/{here.stored().id}/edit")).form("Save")
    changed_elsewhere(here, title="Theirs", owner=here.people[Role.MEMBER].id)
    conflict = form.submit(title="Mine", owner=str(here.lead.id), module="Sales", status=409)
    assert {"Theirs", "See open quotes"} <= set(conflict.texts(".conflict-text"))
    assert here.stored().title == "Theirs"
    decision = {"title": "Theirs"} if keep else {}
    values = {"csrf_token": conflict.browser.token(), **_sent(conflict), **decision}
    conflict.browser.open("POST", conflict.url, 200, None, {}, data=values)
    assert (here.stored().title, here.stored().module, here.stored().owner_id) == (title, "Sales", here.lead.id)


def _sent(page: Page) -> dict[str, Any]:
    """What the conflict form sends: of fields of one name, the last is the input."""
    return {name: chosen[-1] for name, chosen in page.form("conflict").values.items() if chosen}


def test_a_conflict_in_place_is_shown_in_place(app: Flask) -> None:
    here = backlog(app)
    here.story()
    browser = here.browser()
    browser.get(here.url("/stories/1"))
    form = browser.get(field_url(here, "title", "/edit"), target="field_title").form("form")
    changed_elsewhere(here, title="Theirs")
    conflict = form.submit(title="Mine", status=409, target="record_body")
    assert not conflict.is_whole
    assert "Mine" in conflict.html


def test_an_owner_who_left_the_project_stays_when_something_else_is_saved(app: Flask) -> None:
    here = backlog(app)
    member = here.people[Role.MEMBER]
    here.story(owner=member.id)
    take_from_project(app, here.project_id, member, pmo(app))
    here.browser().get(here.url(f"/records/story/{here.stored().id}/edit")).form("Save").submit(title="Another")
    assert (here.stored().title, here.stored().owner_id) == ("Another", member.id)


def choose(here: Backlog, role: Role = Role.PROJECT_LEAD, **values: Any) -> Page:
    browser = here.browser(role)
    browser.get(here.url("/backlog"))
    return browser.post(here.url("/lists/story/bulk"), {"step": "choose", **values})


def test_many_rows_are_previewed_changed_once_and_taken_back(app: Flask) -> None:
    here = backlog(app)
    for points in ("1", "5", "8"):
        here.story(points=points)
    page = choose(here, all_matching="1", address="points=2..")
    assert "Change 2 rows" in page.heading
    preview = page.form("Preview").submit(change=["points"], points="5", button="Preview")
    assert "would change" in preview.text
    assert [here.stored(number).points for number in (1, 2, 3)] == [1, 5, 8]
    done = preview.form("Preview again").submit(button="Change 2 rows")
    assert [here.stored(number).points for number in (1, 2, 3)] == [1, 5, 5]
    assert here.facts(3, "points")[-1] == ("8", "5")
    assert "1 record is changed" in done.text
    done.form("Undo").submit()
    assert here.stored(3).points == 8


def test_rows_whose_rules_refuse_stay_as_they_were_and_are_told(app: Flask) -> None:
    here = backlog(app)
    first, second = here.story("First"), here.story("Second")
    parent = here.stored(first).id
    page = choose(here, ids=[parent, here.stored(second).id])
    form = page.form("Preview")
    assert "parent" not in form.values
    preview = form.submit(change=["area", "value"], value="300", button="Preview", status=422)
    assert "value" in preview.form("Preview").errors


def test_nothing_chosen_says_so(app: Flask) -> None:
    here = backlog(app)
    here.story()
    assert "Nothing is selected" in choose(here, ids=["²", "x"]).text


def test_more_than_a_request_can_take_becomes_a_job(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    here = backlog(app)
    for _ in range(3):
        here.story()
    monkeypatch.setattr("implementor.lists.views.bulk.IN_A_REQUEST", 2)
    page = choose(here, all_matching="1")
    preview = page.form("Preview").submit(change=["value"], value="7", button="Preview")
    assert "Tried on the first 2 of 3" in preview.text
    preview.form("Preview again").submit(button="Change 3 rows")
    with reading(app) as session:
        job = session.query(Job).one()
    assert len(job.arguments["ids"]) == 3
    assert bulk_rules.IN_A_REQUEST == 500


def export(here: Backlog, query: str, format: str) -> Any:
    browser = here.browser()
    return browser.client.get(here.url(f"/lists/story/export.{format}?{query}"))


def test_an_exported_list_is_the_whole_list_and_carries_no_formula(app: Flask) -> None:
    here = backlog(app)
    here.story('=HYPERLINK("http://x")', value=10, owner=here.lead.id)
    here.story("+1 = 2", value=20)
    here.story("Ñandú", points="0.5", value=30)
    answer = export(here, "sort=-value&columns=number,title,value,points,owner", "csv")
    lines = list(csv.reader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))
    header = next(place for place, line in enumerate(lines) if "Title" in line)
    rows = [dict(zip(lines[header], line, strict=False)) for line in lines[header + 1 :]]
    assert [row["Value"] for row in rows] == ["30", "20", "10"]
    assert [row["Title"][0] for row in rows] == ["Ñ", "'", "'"]
    assert rows[2]["Owner"] == here.lead.name
    assert any("Rollout VEN" in " ".join(line) for line in lines[:header])
    assert any(here.lead.name in " ".join(line) for line in lines[:header])


def test_the_spreadsheet_says_the_same(app: Flask) -> None:
    here = backlog(app)
    here.story("=1+1", value=10)
    answer = export(here, "value=5..&columns=title,value", "xlsx")
    book = load_workbook(io.BytesIO(answer.data))
    answer.close()
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == 10 for cell in cells)
    assert not any(cell.data_type == "f" for cell in cells)
    assert any("Value: 5.." in str(cell.value) for cell in cells)
    assert export(here, "", "pdf").status_code == 404


def test_views_are_kept_shared_pinned_and_put_away(app: Flask) -> None:
    here = backlog(app)
    here.story()
    page = here.browser().get(here.url("/backlog?status=idea&sort=-value"))
    saved = page.form("Save view").submit(name="Ideas by worth", shared=True)
    assert "status=idea" in saved.url
    other = here.browser(Role.VIEWER)
    assert "Ideas by worth" in other.get(here.url("/backlog")).links
    pinned = other.page.form("Pin").submit()  # type: ignore[union-attr]
    assert "Ideas by worth" in pinned.texts(".tabs a")
    assert "Ideas by worth" not in here.browser(Role.MEMBER).get(here.url("/backlog")).texts(".tabs a")
    own = here.browser()
    own.get(here.url("/backlog")).form("Keep only for me").submit()
    assert "Ideas by worth" not in other.get(here.url("/backlog")).links
    gone = own.get(here.url("/backlog")).form("Put away").submit()
    assert "Ideas by worth" not in gone.links


@pytest.mark.parametrize(("role", "status"), [(Role.VIEWER, 403), (Role.MEMBER, 403), (Role.PROJECT_LEAD, 200)])
@pytest.mark.sqlite_only("the rule is in Python; one database shows it")
def test_only_leads_share_views(app: Flask, role: Role, status: int) -> None:
    here = backlog(app)
    here.story()
    page = here.browser(role).get(here.url("/backlog"))
    page.form("Save view").submit(name="Mine", shared=True, status=status)


@pytest.mark.parametrize("address", ["a=b\r\nSet-Cookie: x=1", "?" + "x=1&" * 2000, "q=\x00", "q=ñ&q=<b>"])
def test_no_address_breaks_saving_a_view(app: Flask, address: str) -> None:
    here = backlog(app)
    here.story()
    browser = here.browser()
    browser.get(here.url("/backlog"))
    answer = browser.post(here.url("/lists/story/views"), {"name": "View", "address": address}, status=None)
    assert answer.status < 500


@pytest.mark.parametrize("next_page", ["//evil.example", "/\\evil.example", "/\t/evil.example", "https://evil.example"])
def test_a_form_never_leads_to_another_site(app: Flask, next_page: str) -> None:
    here = backlog(app)
    browser = here.browser()
    form = browser.get(f"{here.url('/records/story/new')}?{urlencode({'next': next_page})}").form("Save")
    assert "next" not in form.values
    assert form.submit(title="One").url == here.url("/stories/1")
    inside = browser.get(f"{here.url('/records/story/new')}?next=/projects").form("Save").submit(title="Two")
    assert inside.url == "/projects"


def test_viewers_see_no_way_to_change_and_find_none(app: Flask) -> None:
    here = backlog(app)
    here.story()
    browser = here.browser(Role.VIEWER)
    page = browser.get(here.url("/backlog"))
    assert not page.all("[data-bulk], [data-rank], .quick-add")
    for address in ("/lists/story/bulk", "/records/story/new", "/backlog", "/backlog/order", "/stories/1/place"):
        assert browser.post(here.url(address), {"ids": "1"}, status=403).status == 403
