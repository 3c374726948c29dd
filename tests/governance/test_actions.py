"""Action items: written down with a day, done with a word on what came of it, taken up again."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.foundation.records import RecordRef
from implementor.governance.models import ActionItem
from implementor.governance.place import Here
from implementor.governance.services import assign_action
from tests.auth.builders import Person, reading, working
from tests.governance.builders import action, people_of_governance, risk
from tests.projects.builders import NOW, browser_of

LIST = "/projects/VEN/actions"


@pytest.fixture
def people(app: Flask) -> dict[str, Person]:
    """The people of VEN."""
    return people_of_governance(app)


def test_an_action_item_is_written_down_done_and_taken_up_again(app: Flask, people: dict[str, Person]) -> None:
    browser = browser_of(app, people["member"])
    page = browser.get(LIST).follow("New action item").form("main form").submit(
        title="Call the supplier", due_on="2026-03-09"
    )  # fmt: skip
    assert page.url == f"{LIST}/1"
    assert "Overdue" in page.text
    page = page.form("finish").submit(result="", status=422)
    assert "result" in page.form("finish").errors
    form = page.form("finish").fill(result="They stay.")
    page = form.submit()
    assert "They stay." in page.text
    form.values["idempotency_key"] = ["another"]
    assert form.submit(status=409)
    assert "Finished the action item" in page.text
    page = page.form("Take up again").submit()
    with reading(app) as session:
        stored = session.scalars(select(ActionItem)).one()
    assert (stored.is_open, stored.owner_id, stored.result) == (True, people["member"].id, None)


def test_my_open_items_are_a_tab_away(app: Flask, people: dict[str, Person]) -> None:
    action(app, people["member"])
    action(app, people["project_lead"], title="Somebody else's")
    page = browser_of(app, people["member"]).get(LIST).follow("Mine")
    assert len(page.rows()) == 1
    assert "Somebody else's" not in page.text


def test_an_item_that_a_record_brought_is_linked_with_it(app: Flask, people: dict[str, Person]) -> None:
    cause = risk(app, people["member"])
    by = people["project_lead"].actor
    with working(app, by) as session:
        assign_action(
            session, Here(1), title="Sign the contract", owner=people["member"].id, due=date(2026, 4, 1), by=by, at=NOW,
            came_from=RecordRef("risk", cause.id),
        )  # fmt: skip
    browser = browser_of(app, people["viewer"])
    assert "The supplier leaves" in browser.get(f"{LIST}/1").text
    assert "Sign the contract" in browser.get("/projects/VEN/risks/1").text


def test_a_viewer_reads_and_a_stranger_to_the_project_owns_nothing(app: Flask, people: dict[str, Person]) -> None:
    action(app, people["member"])
    viewer = browser_of(app, people["viewer"])
    assert viewer.get(f"{LIST}/1").all("form#finish") == []
    assert viewer.post(f"{LIST}/1/finish", {"result": "x"}, status=None).status == 403
    form = browser_of(app, people["member"]).get(f"{LIST}/new").form("main form").fill(title="x")
    form.values["owner_id"] = ["999"]
    assert "owner_id" in form.submit(status=422).form("main form").errors
