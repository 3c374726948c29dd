"""Two browsers, one record: the second save shows all texts and loses none of them."""

from typing import Any

import pytest
from flask import Flask

from implementor.governance.models import Obstacle
from tests.history.builders import NOON, person, reading, sign_in, working
from tests.history.test_pages import project


def obstacle(app: Flask, project_id: int) -> int:
    with working(app) as (session, _note):
        made = Obstacle(
            project_id=project_id,
            number=1,
            title="Old title",
            description="Old text",
            kind="policy",
            severity="low",
            opened_at=NOON,
            rung="sponsor",
            rung_at=NOON,
        )
        session.add(made)
        session.flush()
        return made.id


def crossed(app: Flask, browser: Any, mine: dict[str, Any], theirs: dict[str, Any]) -> tuple[int, Any]:
    """Ana has the form open, Ben saves first, Ana saves: her answer."""
    ana, ben = person(app, "Ana"), person(app, "Ben")
    made = obstacle(app, project(app, ana, ben))
    sign_in(browser, ana)
    form = browser.get(f"/projects/VEN/records/obstacle/{made}/edit").form(
        f"/projects/VEN/records/obstacle/{made}/edit"
    )
    with working(app, ben) as (session, _note):
        for name, value in theirs.items():
            setattr(session.get_one(Obstacle, made), name, value)
    return made, form.fill(mine)


def values(app: Flask, made: int) -> tuple[str, str, str]:
    with reading(app) as session:
        row = session.get_one(Obstacle, made)
        return row.title, row.description, row.severity


def test_different_fields_are_saved_without_a_question(app: Flask, browser: Any) -> None:
    made, form = crossed(app, browser, {"title": "Mine"}, {"severity": "high"})
    form.submit()
    assert values(app, made) == ("Mine", "Old text", "high")


@pytest.mark.parametrize(
    ("decision", "saved"),
    [({}, "Mine"), ({"title": "A third"}, "A third")],
)
def test_my_text_or_a_third_is_saved(app: Flask, browser: Any, decision: dict[str, str], saved: str) -> None:
    made, form = crossed(app, browser, {"title": "Mine", "description": "New text"}, {"title": "Theirs"})
    page = form.submit(status=409)
    assert values(app, made) == ("Theirs", "Old text", "low")
    assert ["Mine" in page.html, "Theirs" in page.text, "Old title" in page.text, "Ben" in page.text] == [True] * 4
    again = page.form("conflict")
    again.values = {name: value for name, value in again.values.items() if name != "title"} | {
        "title": [decision.get("title", "Mine")]
    }
    again.submit()
    assert values(app, made) == (saved, "New text", "low")


def test_ticking_takes_their_text_and_keeps_the_rest_of_mine(app: Flask, browser: Any) -> None:
    made, form = crossed(app, browser, {"title": "Mine", "description": ""}, {"title": "Theirs", "severity": "high"})
    page = form.submit(status=409)
    again = page.form("conflict")
    again.values["title"] = ["Theirs", "Mine"]
    again.submit()
    assert values(app, made) == ("Theirs", "", "high")


def test_a_third_save_meanwhile_asks_again(app: Flask, browser: Any) -> None:
    made, form = crossed(app, browser, {"title": "Mine"}, {"title": "Theirs"})
    page = form.submit(status=409)
    with working(app) as (session, _note):
        session.get_one(Obstacle, made).title = "Newest"
    again = page.form("conflict").submit(status=409)
    assert "Newest" in again.text
