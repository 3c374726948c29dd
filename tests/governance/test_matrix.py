"""The assignment matrix: a grid saved at once, one accountable role for each row, by work, by role, as a file."""

import io

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from implementor.foundation.permissions import Role
from implementor.governance.models import Decision, MatrixItem, MatrixMark
from implementor.governance.services import matrix as services
from implementor.history.models import Action
from implementor.history.services import undo_action
from implementor.stages.models import Stage
from tests.auth.builders import Person, reading, working
from tests.governance.builders import people_of_governance, question
from tests.machinery.pages import Browser
from tests.machinery.statements import counting
from tests.projects.builders import NOW, add_project, browser_of

PAGE = "/projects/VEN/matrix"


@pytest.fixture
def people(app: Flask) -> dict[str, Person]:
    """The people of VEN."""
    return people_of_governance(app)


@pytest.fixture
def browser(app: Flask, people: dict[str, Person]) -> Browser:
    """The lead's browser."""
    return browser_of(app, people["project_lead"])


def row(app: Flask, people: dict[str, Person], title: str = "Load the accounts", project_id: int = 1) -> int:
    """A row; returns its id."""
    by = people["project_lead"].actor
    with working(app, by) as session:
        made = services.add_item(session, project_id=project_id, title=title, kind="deliverable", by=by, at=NOW)
        return made.id


def marks(app: Flask) -> dict[str, str]:
    """Role -> mark of everything stored."""
    with reading(app) as session:
        return {one.role: one.mark for one in session.scalars(select(MatrixMark))}


def file_of(browser: Browser, name: str) -> bytes:
    """What an export holds."""
    answer = browser.client.get(f"{PAGE}/{name}")
    content: bytes = answer.get_data()
    answer.close()
    return content


def test_a_grid_is_filled_in_and_saved_at_once(app: Flask, browser: Browser) -> None:
    page = browser.get(PAGE).form("add_item").submit(title="Load the accounts", kind="deliverable")
    assert "nobody is accountable" in page.text
    assert "nobody is responsible" in page.text
    page = page.form("matrix").submit(mark_1_sponsor="A", mark_1_data_lead="R", mark_1_member="C")
    assert "nobody is" not in page.text
    assert marks(app) == {"sponsor": "A", "data_lead": "R", "member": "C"}
    page.form("matrix").submit(mark_1_sponsor="I", mark_1_data_lead="AR", mark_1_member="")
    assert marks(app) == {"sponsor": "I", "data_lead": "AR"}


def test_a_second_accountable_role_is_refused_by_name_and_nothing_chosen_is_lost(
    app: Flask, browser: Browser, people: dict[str, Person]
) -> None:
    row(app, people), row(app, people, "Train the users")
    page = browser.get(PAGE).form("matrix").submit(
        mark_1_sponsor="A", mark_1_project_lead="AR", mark_2_member="R", status=422
    )  # fmt: skip
    assert "Load the accounts: only one role is accountable, not Executive sponsor and Project lead." in page.text
    assert page.form("matrix").value("mark_2_member") == "R"
    assert marks(app) == {}
    page.form("matrix").submit(mark_1_project_lead="R")
    with working(app) as session, pytest.raises(services.TwoAccountable):
        services.save_grid(session, project_id=1, grid={1: {"data_lead": "A"}}, by=people["member"].actor, at=NOW)
    with reading(app) as session, pytest.raises(IntegrityError):
        session.execute(update(MatrixMark).where(MatrixMark.item_id == 1).values(mark="A"))


def test_accountability_moves_from_one_role_to_another_in_one_go(
    app: Flask, browser: Browser, people: dict[str, Person]
) -> None:
    row(app, people)
    page = browser.get(PAGE).form("matrix").submit(mark_1_sponsor="A")
    page.form("matrix").submit(mark_1_sponsor="", mark_1_committee="A")
    assert marks(app) == {"committee": "A"}


def test_what_was_saved_is_taken_back(app: Flask, browser: Browser, people: dict[str, Person]) -> None:
    row(app, people)
    browser.get(PAGE).form("matrix").submit(mark_1_sponsor="A", mark_1_member="R")
    browser.get(PAGE).form("matrix").submit(mark_1_sponsor="", mark_1_committee="A")
    by = people["project_lead"].actor.with_roles([Role.PROJECT_LEAD])
    with working(app, by) as session:
        found = session.scalars(select(Action).order_by(Action.id.desc())).first()
        assert found is not None
        undo_action(session, found, by=by, at=found.at)
    assert marks(app) == {"sponsor": "A", "member": "R"}


def test_by_role_it_says_what_each_has_to_do(app: Flask, browser: Browser, people: dict[str, Person]) -> None:
    row(app, people)
    browser.get(PAGE).form("matrix").submit(mark_1_sponsor="A", mark_1_member="R")
    page = browser_of(app, people["viewer"]).get(PAGE).follow("By role")
    assert page.all("dt")[0].text_content() == "Accountable: answers for it"
    assert page.all("dd")[0].text_content() == "Load the accounts"
    assert "Nothing is assigned to this role." in page.text


def test_it_goes_away_as_a_file_that_runs_nothing(app: Flask, browser: Browser, people: dict[str, Person]) -> None:
    row(app, people, "=1+1")
    browser.get(PAGE).form("matrix").submit(mark_1_sponsor="A")
    assert b"'=1+1" in file_of(browser, "export.csv")
    book = load_workbook(io.BytesIO(file_of(browser, "export.xlsx")))
    cells = [cell for line in book.worksheets[0].iter_rows() for cell in line if cell.value == "=1+1"]
    assert [cell.data_type for cell in cells] == ["s"]
    with browser.get(f"{PAGE}/export.xlsx").response as file:
        assert "public" not in file.headers["Cache-Control"], "a file of somebody's project is kept by nobody else"
    assert browser.get(f"{PAGE}/export.pdf", status=None).status == 404


def test_others_look_and_rows_of_other_projects_are_not_found(app: Flask, people: dict[str, Person]) -> None:
    row(app, people)
    other = row(app, people, "Elsewhere", add_project(app, "TWO"))
    member = browser_of(app, people["member"])
    assert member.get(PAGE).all("form#matrix") == []
    assert member.post(PAGE, {"mark_1_sponsor": "A"}, status=None).status == 403
    lead = browser_of(app, people["project_lead"])
    assert "Elsewhere" not in lead.get(PAGE).text
    assert lead.post(f"{PAGE}/items/{other}/leave-out", status=None).status == 404
    lead.get(PAGE)
    again = lead.post(PAGE, {f"mark_{other}_sponsor": "A", "mark_1_sponsor": "R"}, status=422)
    assert "not in this matrix" in again.text
    assert again.form("matrix").value("mark_1_sponsor") == "R"
    for name in ("mark_1_viewer", "mark_1_nobody", "mark_x_sponsor", "mark_"):
        assert lead.post(PAGE, {name: "A"}, status=None).status == 422
    assert marks(app) == {}


@pytest.mark.parametrize("values", [{"title": " ", "kind": "other"}, {"title": "x", "kind": "y"}])
def test_a_row_without_words_or_of_no_kind_is_refused(app: Flask, browser: Browser, values: dict[str, str]) -> None:
    browser.get(PAGE)
    assert browser.post(f"{PAGE}/items", values, status=None).status == 422
    assert browser.post(PAGE, {"mark_1_sponsor": "Z"}, status=None).status == 422
    with reading(app) as session:
        assert session.scalars(select(MatrixItem)).all() == []


def test_many_rows_cost_as_many_statements_as_one(app: Flask, browser: Browser, people: dict[str, Person]) -> None:
    counts = []
    for more in (1, 8):
        for _ in range(more):
            row(app, people)
        browser.get(PAGE)
        with counting() as statements:
            browser.get(PAGE)
        counts.append(statements)
    assert len(counts[0]) == len(counts[1]), counts[1].beyond(counts[0])


def test_a_row_points_at_a_stage_or_a_decision_and_says_when_it_is_put_away(
    app: Flask, browser: Browser, people: dict[str, Person]
) -> None:
    question(app, people["project_lead"], 1, question="Which supplier?")
    with reading(app) as session:
        stage = session.scalars(select(Stage).where(Stage.key == "planning")).one()
    page = browser.get(PAGE).form("add_item").submit(points_at="decision:1", title="")
    page = page.form("add_item").submit(points_at=f"stage:{stage.id}", title="", kind="other")
    assert {link.text_content().strip(): link.get("href") for link in page.all("#matrix tbody th a")} == {
        "Which supplier?": "/projects/VEN/decisions/1", "Planning": "/projects/VEN/stages/planning",
    }  # fmt: skip
    with working(app) as session:
        session.execute(update(Decision).values(question="Which carrier?", archived_at=NOW))
    page = browser.get(PAGE)
    assert "Which carrier? Archived" in page.text
    assert b"Which carrier?,Decision" in file_of(browser, "export.csv")
    assert browser.post(f"{PAGE}/items", {"points_at": "decision:1"}, status=422).all(".notice")


def test_a_row_points_at_nothing_of_another_project(app: Flask, browser: Browser, people: dict[str, Person]) -> None:
    add_project(app, "SER")
    with reading(app) as session:
        other = session.scalars(select(Stage).where(Stage.project_id == 2).limit(1)).one()
    browser.get(PAGE)
    for target in (f"stage:{other.id}", "user:1", "stage:x", "stage:"):
        sent = {"title": "Other", "kind": "stage", "points_at": target}
        page = browser.post(f"{PAGE}/items", sent, status=422)
        assert "Choose something of this project that is in use." in page.text
