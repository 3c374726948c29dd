"""Governance roles: terms and deputies, a role carried between two days and never beyond, gaps, and successors."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from implementor.auth.models import User
from implementor.auth.services.people import disable_user
from implementor.foundation.permissions import SYSTEM, Role
from implementor.governance.delegation import Carried, read_carried, roles_on
from implementor.governance.models import RoleDelegation, RoleTerm
from implementor.governance.services import roles as services
from implementor.history.restoring import places
from implementor.projects.models import Membership
from tests.auth.builders import Person, add_person, reading, working
from tests.governance.builders import change, people_of_governance, question
from tests.projects.builders import NOW, add_project, browser_of, take_from_project

PAGE = "/projects/VEN/roles"
TODAY = datetime.now(UTC).date()
DECIDE = "/projects/VEN/decisions/1/take"


@pytest.fixture
def people(app: Flask) -> dict[str, Person]:
    """The people of VEN."""
    return people_of_governance(app)


def hand_over(app: Flask, giver: Person, bearer: Person, starts: int = 0, ends: int = 3, **more: Any) -> None:
    """The sponsor's role (or another) is carried by somebody from so many days from today to so many."""
    role = more.pop("role", Role.SPONSOR)
    with working(app, giver.actor) as session:
        services.hand_over(
            session, project_id=1, role=role, to_id=bearer.id, starts_on=TODAY + timedelta(days=starts),
            ends_on=TODAY + timedelta(days=ends), reason="Holidays.", by=giver.actor,
            at=datetime.now(UTC) + timedelta(days=min(0, ends)),
        )  # fmt: skip


def may_decide(app: Flask, person: Person) -> bool:
    """Whether the page of a question lets them decide it; the address says the same."""
    browser = browser_of(app, person)
    shown = browser.get("/projects/VEN/decisions/1").all("form#take") != []
    status = browser.post(DECIDE, {"outcome": "", "reason": ""}, status=None).status
    assert status == (422 if shown else 403)
    return shown


@pytest.mark.parametrize(("starts", "ends", "may"), [(0, 0, True), (-3, 3, True), (1, 3, False), (-5, -1, False)])
def test_a_role_is_carried_from_the_first_day_to_the_last(
    app: Flask, people: dict[str, Person], starts: int, ends: int, may: bool
) -> None:
    question(app, people["project_lead"])
    assert not may_decide(app, people["member"])
    hand_over(app, people["sponsor"], people["member"], starts, ends)
    assert may_decide(app, people["member"]) == may
    assert may_decide(app, people["sponsor"])
    with reading(app) as session:
        held = places.roles_in_project(session, people["member"].actor, 1)
    assert (Role.SPONSOR in set(held or ())) == may


def test_it_ends_with_the_role_of_the_giver_and_before_its_day_when_taken_back(
    app: Flask, people: dict[str, Person]
) -> None:
    question(app, people["project_lead"])
    hand_over(app, people["sponsor"], people["member"])
    browser_of(app, people["sponsor"]).get(PAGE).form("End it now").submit()
    assert not may_decide(app, people["member"])
    hand_over(app, people["sponsor"], people["member"])
    assert may_decide(app, people["member"])
    take_from_project(app, 1, people["sponsor"], people["project_lead"])
    assert not may_decide(app, people["member"])


def test_it_holds_in_no_other_project_and_opens_none(app: Flask, people: dict[str, Person]) -> None:
    add_project(app, "TWO", people=[(Role.SPONSOR, people["sponsor"]), (Role.MEMBER, people["viewer"])])
    hand_over(app, people["sponsor"], people["viewer"])
    browser = browser_of(app, people["viewer"])
    assert browser.get("/projects/VEN/decisions/new").url.endswith("/records/decision/new")
    with reading(app) as session:
        assert list(places.roles_in_project(session, people["viewer"].actor, 2) or ()) == [Role.MEMBER]
        assert places.roles_in_project(session, people["member"].actor, 2) is None


def test_it_is_handed_over_on_the_page_by_who_holds_it(app: Flask, people: dict[str, Person]) -> None:
    form = browser_of(app, people["sponsor"]).get(PAGE).form("hand_over")
    given = {"role": "sponsor", "to_id": str(people["committee"].id), "starts_on": TODAY.isoformat()}
    page = form.submit({**given, "ends_on": "", "reason": "Holidays."}, status=422)
    assert "ends_on" in page.form("hand_over").errors
    page = page.form("hand_over").submit(ends_on=(TODAY + timedelta(days=7)).isoformat())
    assert "Cora Cruz for Sara Sol" in page.text
    assert "Holidays." in page.text
    assert "Cora Cruz (until" in page.text
    form.values["idempotency_key"] = ["another"]
    again = form.submit({**given, "ends_on": TODAY.isoformat(), "reason": "More."}, status=409)
    assert "carries this role in those days" in again.text


@pytest.mark.parametrize(
    ("change_of", "field"),
    [({"ends_on": -1}, "ends_on"), ({"starts_on": 5}, "ends_on"), ({"ends_on": 200}, "ends_on"),
     ({"to": "giver"}, "to_id"), ({"to": "stranger"}, "to_id"), ({"reason": " "}, "reason")],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_by_name(
    app: Flask, people: dict[str, Person], change_of: dict[str, Any], field: str
) -> None:
    stranger = add_person(app, "Sten Stern")
    bearer = {"giver": people["sponsor"], "stranger": stranger}.get(change_of.get("to", ""), people["member"])
    days = {"starts_on": min(0, change_of.get("ends_on", 0)), "ends_on": 1, **change_of}
    form = browser_of(app, people["sponsor"]).get(PAGE).form("hand_over")
    form.values["to_id"] = [str(bearer.id)]
    said = {name: (TODAY + timedelta(days=days[name])).isoformat() for name in ("starts_on", "ends_on")}
    page = form.submit({**said, "role": "sponsor", "reason": change_of.get("reason", "Why not.")}, status=422)
    assert field in page.form("hand_over").errors


def test_nobody_hands_over_what_they_only_carry_or_do_not_hold(app: Flask, people: dict[str, Person]) -> None:
    hand_over(app, people["sponsor"], people["member"])
    for person, role in ((people["member"], Role.SPONSOR), (people["committee"], Role.PROJECT_LEAD)):
        with pytest.raises(services.NotYours):
            hand_over(app, person, people["viewer"], role=role)
    lead = browser_of(app, people["committee"])
    lead.get(PAGE)
    assert lead.post(f"{PAGE}/delegations/1/end", status=None).status == 409
    assert lead.post(f"{PAGE}/delegations/99/end", status=None).status == 404


def test_who_asked_for_a_change_does_not_answer_it_in_a_carried_role(app: Flask, people: dict[str, Person]) -> None:
    change(app, people["member"])
    hand_over(app, people["sponsor"], people["member"])
    browser = browser_of(app, people["member"])
    page = browser.get("/projects/VEN/changes/1").form("decide").submit(answer="approved", reason="Mine.", status=409)
    assert "Somebody else on the committee decides it." in page.text


def test_a_term_and_a_deputy_are_kept_and_a_term_that_is_over_is_a_gap(app: Flask, people: dict[str, Person]) -> None:
    browser = browser_of(app, people["project_lead"])
    page = browser.get(PAGE)
    assert "Nobody can act in these roles: Functional lead, Data lead, Change lead." in page.text
    with reading(app) as session:
        found = select(Membership.id).where(Membership.role == "sponsor")
        membership_id = session.scalars(found).one()
    form = browser.get(f"{PAGE}/{membership_id}/term").form("term")
    form.submit(starts_on="2026-03-02", ends_on="2026-03-01", status=422)
    form.values["idempotency_key"] = ["another"]
    said = {"ends_on": "2026-06-30", "deputy_id": str(people["committee"].id), "mandate": "Up to 5,000 USD"}
    page = form.submit({"starts_on": "2026-03-02", **said})
    assert "Up to 5,000 USD" in page.text
    assert "roles: Executive sponsor, Functional lead" in page.text
    with reading(app) as session:
        term = session.scalars(select(RoleTerm)).one()
    assert (term.ends_on, term.deputy_id) == (date(2026, 6, 30), people["committee"].id)
    member = browser_of(app, people["member"])
    assert member.get(f"{PAGE}/{membership_id}/term", status=None).status == 403


def test_an_account_is_disabled_only_with_a_successor_for_what_its_person_alone_holds(
    app: Flask, people: dict[str, Person]
) -> None:
    admin = browser_of(app, add_person(app, "Ada Amt", Role.ADMIN))
    address = f"/settings/people/{people['sponsor'].id}"
    admin.get(address)
    answer = admin.post(f"{address}/disable", status=None)
    assert answer.status == 409
    assert "Nobody else holds: Executive sponsor. Name a successor first." in answer.text
    page = admin.get(address).follow("Name a successor")
    assert "a project you are not part of" in page.text
    assert "Rollout VEN" not in page.text
    page = page.form("successor").submit(successor_id=str(people["committee"].id))
    assert "Name a successor" not in page.text
    assert admin.post(f"{address}/disable").url == address
    with reading(app) as session:
        held = select(Membership.user_id).where(Membership.role == "sponsor", Membership.removed_at.is_(None))
        assert session.scalars(held).all() == [people["committee"].id]
        assert session.get_one(User, people["sponsor"].id).is_disabled


def test_members_and_those_who_are_not_alone_are_disabled_at_once(app: Flask, people: dict[str, Person]) -> None:
    with working(app) as session:
        session.execute(update(Membership).where(Membership.role == "viewer").values(role="sponsor"))
    with working(app) as session:
        for name in ("member", "sponsor"):
            user = session.get_one(User, people[name].id)
            disable_user(session, user, by=SYSTEM, at=NOW)


def test_packed_roles_are_read_and_others_are_none() -> None:
    packed = "sponsor|2026-03-02|2026-03-09,king|2026-03-02|2026-03-09"
    assert read_carried(packed) == [Carried(Role.SPONSOR, date(2026, 3, 2), date(2026, 3, 9))]
    assert roles_on(date(2026, 3, 9), read_carried(packed)) == {Role.SPONSOR}
    assert roles_on(date(2026, 3, 10), read_carried(packed)) == set()
    assert read_carried(None) == []


def test_the_database_refuses_to_hand_over_to_oneself(app: Flask, people: dict[str, Person]) -> None:
    hand_over(app, people["sponsor"], people["member"])
    with reading(app) as session, pytest.raises(IntegrityError):
        session.execute(update(RoleDelegation).values(to_id=RoleDelegation.from_id))
