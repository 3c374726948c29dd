"""Who leaves is succeeded in what they alone hold: the chair of committees, and programmes whose sponsor they are."""

from flask import Flask
from sqlalchemy import delete, select

from implementor.committees.models import CommitteeMember
from implementor.committees.services.committees import create_committee, seat_person
from implementor.foundation.permissions import SYSTEM, Role
from implementor.projects.models import Membership, Programme
from tests.auth.builders import Person, add_person, reading, working
from tests.committees.builders import SOON, USUAL, table
from tests.projects.builders import browser_of


def sponsored(app: Flask, sponsor: Person, guest: Person) -> tuple[str, int, int]:
    """A programme with its sponsor in the chair of its committee and a guest; its name, its id, its committee's."""
    table(app)
    with working(app) as session:
        programme = session.scalars(select(Programme).order_by(Programme.id).limit(1)).one()
        programme.sponsor_id = sponsor.id
        board = create_committee(session, programme_id=programme.id, values=USUAL, by=SYSTEM, at=SOON)
        for person, part in ((sponsor, "chair"), (guest, "guest")):
            seat = {"user_id": person.id, "part": part, "starts_on": None, "ends_on": None}
            seat_person(session, board, seat, by=SYSTEM, at=SOON)
        return programme.name, programme.id, board.id


def test_sponsor_of_a_programme_and_chair_of_its_committee_leave_with_a_successor(app: Flask) -> None:
    leaving, next_one = add_person(app, "Lena Leave"), add_person(app, "Nora Next")
    name, programme_id, board_id = sponsored(app, leaving, next_one)
    admin = browser_of(app, add_person(app, "Ada Amt", Role.ADMIN))
    address = f"/settings/people/{leaving.id}"
    admin.get(address)
    refused = admin.post(f"{address}/disable", status=409)
    assert "Nobody else holds: Sponsor of a programme, Chair of a committee. Name a successor first." in refused.text
    page = admin.get(address).follow("Name a successor")
    assert "a programme you are not part of" in page.text
    assert "a committee you do not know of" in page.text
    assert name not in page.find("main").text_content()
    form = page.form("successor")
    form.values["successor_id"] = ["999999"]
    assert "Choose a person who can sign in." in form.submit(status=422).text
    admin.get(page.url).form("successor").submit(successor_id=str(next_one.id))
    assert admin.post(f"{address}/disable").url == address
    with reading(app) as session:
        assert session.get_one(Programme, programme_id).sponsor_id == next_one.id
        sits = select(CommitteeMember).where(
            CommitteeMember.committee_id == board_id, CommitteeMember.removed_at.is_(None)
        )
        assert [(one.user_id, one.part) for one in session.scalars(sits)] == [(next_one.id, "chair")]
    assert "Nora Next" in browser_of(app, next_one).get(f"/programmes/{programme_id}/committees/{board_id}").text


def test_a_chair_of_a_project_is_succeeded_by_somebody_who_then_belongs_to_it(app: Flask) -> None:
    held = table(app)
    leaving, new = held.people["sponsor"], add_person(app, "Nora Next")
    pmo = browser_of(app, add_person(app, "Ada Amt", Role.ADMIN, Role.PMO))
    page = pmo.get(f"/settings/people/{leaving.id}/successor")
    assert "Chair of a committee: Steering committee" in page.text
    page.form("successor").submit(successor_id=str(new.id))
    with reading(app) as session:
        sits = select(CommitteeMember).where(CommitteeMember.part == "chair", CommitteeMember.removed_at.is_(None))
        assert [(one.user_id, one.starts_on) for one in session.scalars(sits)] == [(new.id, None)]
        holds = select(Membership.role).where(Membership.user_id == new.id, Membership.removed_at.is_(None))
        assert session.scalars(holds).all() == ["sponsor"]
    with working(app) as session:
        session.execute(delete(Membership).where(Membership.user_id == new.id))
    other = add_person(app, "Otto Other")
    pmo.get(f"/settings/people/{new.id}/successor").form("successor").submit(successor_id=str(other.id))
    with reading(app) as session:
        holds = select(Membership.role).where(Membership.user_id == other.id, Membership.removed_at.is_(None))
        assert session.scalars(holds).all() == ["committee"]
