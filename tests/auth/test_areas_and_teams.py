"""The company's areas and teams: a tree without circles, names told apart, nothing lost."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.auth.models import Area, TeamMember
from implementor.auth.services.areas import put_back
from implementor.auth.views.areas import in_tree_order
from implementor.foundation.errors import InvalidInput
from implementor.foundation.permissions import SYSTEM, Role
from tests.auth.builders import add_person, reading, sign_in, working
from tests.machinery.pages import Browser, Page


@pytest.fixture
def pmo(app: Flask, browser: Browser) -> Browser:
    """The browser of somebody of the PMO."""
    sign_in(browser, add_person(app, "Petra", Role.PMO), to="/settings/areas")
    return browser


def add_area(browser: Browser, name: str, parent_id: int | None = None) -> int:
    browser.get("/settings/areas").form("add_area").submit(name=name, parent_id=str(parent_id or ""))
    with reading(browser.app) as session:
        return session.scalars(select(Area.id).where(Area.name == name).order_by(Area.id.desc())).first() or 0


def names(page: Page) -> list[str]:
    return page.texts("main tbody td:first-child")


def test_areas_stand_in_a_tree(pmo: Browser) -> None:
    sales = add_area(pmo, "Sales")
    add_area(pmo, "Ámbito legal")
    add_area(pmo, "Inside sales", sales)
    page = pmo.get("/settings/areas")
    assert names(page) == ["Ámbito legal", "Sales", "Inside sales"]


def test_two_areas_in_use_cannot_have_one_name(pmo: Browser) -> None:
    add_area(pmo, "Sales")
    form = pmo.get("/settings/areas").form("add_area")
    page = form.submit(name=" sÁles ", status=422)
    assert "already" in page.form("add_area").errors["name"]
    assert page.form("add_area").submit(name=" ", status=422).form("add_area").errors["name"]


def test_an_area_cannot_stand_below_itself(pmo: Browser) -> None:
    top = add_area(pmo, "Top")
    low = add_area(pmo, "Low", add_area(pmo, "Middle", top))
    form = pmo.get(f"/settings/areas/{top}").form("edit_area")
    page = form.submit(parent_id=str(low), status=422)
    assert "below itself" in page.form("edit_area").errors["parent_id"]


def test_archiving_waits_until_nothing_stands_below_and_can_be_undone(pmo: Browser) -> None:
    sales = add_area(pmo, "Sales")
    inside = add_area(pmo, "Inside sales", sales)
    page = pmo.post(f"/settings/areas/{sales}/archive", status=409)
    assert "Inside sales" in page.text
    pmo.get("/settings/areas")
    pmo.post(f"/settings/areas/{inside}/archive")
    page = pmo.post(f"/settings/areas/{sales}/archive")
    assert names(page) == []
    page = page.form(f"/settings/areas/{inside}/restore").submit()
    assert names(page) == ["Inside sales"]


def test_a_change_can_be_undone_from_the_page_that_tells_it(pmo: Browser) -> None:
    sales = add_area(pmo, "Sales")
    page = pmo.get(f"/settings/areas/{sales}").form("edit_area").submit(name="Ventas")
    page = page.form("Undo").submit(status=None)
    assert names(pmo.get("/settings/areas")) == ["Sales"]
    pmo.get("/settings/areas").form(f"/settings/areas/{sales}/archive").submit().form("Undo").submit(status=None)
    assert names(pmo.get("/settings/areas")) == ["Sales"]


def test_undoing_obeys_the_rules_of_the_tree(pmo: Browser) -> None:
    one, two = add_area(pmo, "One"), add_area(pmo, "Two")
    values = {"name": "x", "parent_id": one}
    with working(pmo.app) as session:
        area = session.get_one(Area, two)
        put_back(session, area, values, SYSTEM, datetime.now(UTC))
        assert (area.name, area.parent_id) == ("x", one)
        session.get_one(Area, one).parent_id = two
        for wrong in ({"parent_id": two}, {"name": "X"}):
            with pytest.raises(InvalidInput):
                put_back(session, session.get_one(Area, one), {"parent_id": None, **wrong}, SYSTEM, datetime.now(UTC))


def test_no_area_vanishes_when_data_close_a_circle() -> None:
    rows = [Area(id=1, name="a", parent_id=2), Area(id=2, name="b", parent_id=1), Area(id=3, name="c")]
    assert [(depth, area.name) for depth, area in in_tree_order(rows)] == [(0, "c"), (0, "a"), (1, "b")]


def test_renaming_and_a_new_head(pmo: Browser, app: Flask) -> None:
    sales, luis = add_area(pmo, "Sales"), add_person(app, "Luis")
    page = pmo.get(f"/settings/areas/{sales}").form("edit_area").submit(name="Ventas", head_id=str(luis.id))
    assert (names(page), "Luis" in page.text) == (["Ventas"], True)
    pmo.get("/settings/areas/99999", status=404)
    pmo.get(f"/settings/areas/{10**20}", status=404)
    pmo.post("/settings/areas", {"name": "Other", "parent_id": "99999", "head_id": "1"}, status=422)


def test_people_join_and_leave_a_team_and_both_stay_known(pmo: Browser, app: Flask) -> None:
    luis, eva, sales = add_person(app, "Luis"), add_person(app, "Eva"), add_area(pmo, "Sales")
    form = pmo.get("/settings/teams").form("add_team")
    page = form.submit(name="North", area_id=str(sales), manager_id=str(eva.id))
    assert page.heading == "North"
    page = page.form("add_member").submit(user_id=str(luis.id))
    assert str(luis.id) not in page.form("add_member").options("user_id")
    page = page.form("add_member").submit(user_id=str(eva.id))
    page = page.form(f"{page.url}/people/{luis.id}/remove").submit()
    assert [row["Name"].split()[-1] for row in page.rows()] == ["Eva"]
    with reading(app) as session:
        gone, present = session.scalars(select(TeamMember).order_by(TeamMember.id)).all()
    assert (gone.user_id, gone.left_at is not None, present.left_at) == (luis.id, True, None)
    assert pmo.get("/settings/teams").rows()[0]["People"] == "1"


def test_teams_are_renamed_archived_and_restored(pmo: Browser) -> None:
    page = pmo.get("/settings/teams").form("add_team").submit(name="North")
    page = page.form("edit_team").submit(name="South")
    assert page.heading == "South"
    page = page.form("Archive").submit()
    assert "archived team" in page.text
    pmo.get("/settings/teams").form("add_team").submit(name="South")
    refused = pmo.post("/settings/teams/1/restore", status=409)
    assert "already" in refused.text


def test_lists_cost_the_same_for_many_areas(pmo: Browser, app: Flask) -> None:
    from sqlalchemy import event

    from implementor.web.database import db

    counts, seen = [], []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *_: seen.append(1))
    for number in range(2):
        for extra in range(1 if number == 0 else 8):
            add_area(pmo, f"Area {number} {extra}")
        seen.clear()
        pmo.get("/settings/areas")
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 8
