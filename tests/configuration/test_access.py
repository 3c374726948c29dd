"""Access rules: what roles begin with, what the pages change, and that the last door never shuts."""

from collections.abc import Iterator

import pytest
from flask import Flask

from implementor.auth import catalogue
from implementor.auth.models import Team, TeamMember, User
from implementor.auth.queries import colleagues_of
from implementor.foundation.access import OWNED, SHARED, Access, AccessRule, Reach, govern, governed
from implementor.foundation.live import LiveConfiguration, living
from implementor.foundation.permissions import SYSTEM, Actor, Role
from tests.auth.builders import add_person, reading, working
from tests.configuration.builders import administrator, live_now
from tests.machinery.pages import Browser

KIND = "team"
"""Teams stand for a kind of CRM record; the rules are about any kind."""


@pytest.fixture(autouse=True)
def rules() -> Iterator[None]:
    """Only teams are under access rules."""
    kept = dict(governed)
    governed.clear()
    govern(KIND, OWNED)
    yield
    governed.clear()
    governed.update(kept)


def actor(*roles: Role) -> Actor:
    return Actor(7, "Ana", roles=frozenset({Role.SIGNED_IN, *roles}))


USER, MANAGER, BOSS = actor(Role.CRM_USER), actor(Role.CRM_MANAGER), actor(Role.CRM_ADMIN)


def test_roles_begin_with_what_is_shipped() -> None:
    access = Access()
    reaches = [(access.reach(who, KIND, "see"), access.reach(who, KIND, "edit")) for who in (USER, MANAGER, BOSS)]
    assert reaches == [(Reach.TEAM, Reach.OWN), (Reach.TEAM, Reach.TEAM), (Reach.ALL, Reach.ALL)]
    assert access.reach(actor(Role.PMO), KIND, "see") is Reach.NONE
    assert access.reach(SYSTEM, KIND, "edit") is Reach.ALL
    assert access.reach(BOSS, "unknown", "see") is Reach.NONE


def test_the_widest_of_several_roles_counts() -> None:
    govern("area", SHARED)
    changed = {("area", Role.CRM_USER): AccessRule("area", Role.CRM_USER, Reach.OWN, Reach.OWN)}
    assert Access(changed).reach(actor(Role.CRM_USER, Role.CRM_MANAGER), "area", "see") is Reach.ALL


def test_nobody_edits_more_than_they_see() -> None:
    rule = AccessRule(KIND, Role.CRM_USER, Reach.OWN, Reach.ALL)
    assert Access({(KIND, Role.CRM_USER): rule}).reach(USER, KIND, "edit") is Reach.OWN


def test_a_rule_never_shuts_out_the_administrator_of_the_crm() -> None:
    shut = AccessRule(KIND, Role.CRM_ADMIN)
    assert Access({(KIND, Role.CRM_ADMIN): shut}).reach(BOSS, KIND, "edit") is Reach.ALL


def test_hidden_and_read_only_fields_hold_for_the_catalogue() -> None:
    rule = AccessRule(
        KIND, Role.CRM_USER, Reach.ALL, Reach.ALL, hidden=frozenset({"manager_id"}), read_only=frozenset({"area_id"})
    )
    with living(LiveConfiguration(access=Access({(KIND, Role.CRM_USER): rule}))):
        assert "manager_id" not in [one.name for one in catalogue.TEAM.visible_to(USER)]
        assert [one.name for one in catalogue.TEAM.editable_by(USER)] == ["name"]
        assert "area_id" in [one.name for one in catalogue.TEAM.editable_by(BOSS)]
        assert "name" in [one.name for one in catalogue.AREA.editable_by(USER)]


def test_the_matrix_changes_what_a_role_reaches(app: Flask, browser: Browser) -> None:
    administrator(app, browser)
    form = browser.get("/settings/access").form("access")
    assert form.value("see-team-crm_user") == "team"
    page = form.submit({"see-team-crm_user": "all", "edit-team-crm_user": "team"})
    assert "Changed what a CRM user may do with Teams" in page.text
    access = live_now(app).access
    assert (access.reach(USER, KIND, "see"), access.reach(USER, KIND, "edit")) == (Reach.ALL, Reach.TEAM)
    browser.post(str(page.all(".timeline form")[0].get("action")))
    assert live_now(app).access.reach(USER, KIND, "see") is Reach.TEAM


def test_more_editing_than_seeing_is_refused_beside_its_cell(app: Flask, browser: Browser) -> None:
    administrator(app, browser)
    form = browser.get("/settings/access").form("access")
    page = form.submit({"see-team-crm_user": "own", "edit-team-crm_user": "all"}, status=422)
    assert "do not see" in page.form("access").errors["edit-team-crm_user"]
    assert live_now(app).access.changed == {}


def test_a_matrix_drawn_before_another_change_is_shown_again(app: Flask, browser: Browser) -> None:
    administrator(app, browser)
    older = browser.get("/settings/access").form("access")
    browser.get("/settings/access").form("access").submit({"see-team-crm_user": "all"})
    assert "meanwhile" in older.submit({"see-team-crm_user": "none"}, status=422).text
    assert live_now(app).access.reach(USER, KIND, "see") is Reach.ALL


def test_fields_are_hidden_and_shut_by_role(app: Flask, browser: Browser) -> None:
    administrator(app, browser)
    page = browser.get("/settings/access/team")
    assert "crm_user-name" not in page.form("fields").element.text_content()
    page.form("fields").submit({"crm_user-manager_id": "hide", "crm_user-area_id": "see"})
    access = live_now(app).access
    assert not access.may_see_field(USER, KIND, "manager_id")
    assert access.may_see_field(USER, KIND, "area_id")
    assert not access.may_edit_field(USER, KIND, "area_id")
    assert access.may_edit_field(MANAGER, KIND, "area_id")


def test_kinds_that_nobody_governs_have_no_page(app: Flask, browser: Browser) -> None:
    administrator(app, browser)
    browser.get("/settings/access/area", status=404)


def test_colleagues_are_those_of_the_teams_one_is_in_or_leads(app: Flask) -> None:
    people = [add_person(app, name).id for name in ("Ana", "Bea", "Cid", "Dan", "Eva")]
    ana, bea, cid, dan, eva = people
    with working(app) as session:
        moment = session.get_one(User, ana).created_at
        rows = [("Own", None, (ana, bea), False), ("Led", ana, (cid,), False), ("Old", ana, (dan,), True)]
        for name, manager, members, is_archived in [*rows, ("Other", eva, (eva, cid), False)]:
            team = Team(name=name, manager_id=manager, archived_at=moment if is_archived else None)
            session.add(team)
            session.flush()
            session.add_all(TeamMember(team_id=team.id, user_id=one, joined_at=moment) for one in members)
    with reading(app) as session:
        assert set(session.scalars(colleagues_of(ana))) == {ana, bea, cid}
        assert set(session.scalars(colleagues_of(dan))) == set()
