"""First and tenth correct records: dated by rule, recomputed from the history by other means, told of five or more."""

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from flask import Flask
from sqlalchemy import insert, select, text, update

from implementor.adoption.beginners import beginners_of
from implementor.adoption.firsts import Beginning, Pace, by_group, first_ten, pace
from implementor.adoption.models import CorrectRecord
from implementor.audiences.models import AffectedPerson, Audience, AudienceMember
from implementor.duplicates.models import DuplicatePair
from implementor.foundation.permissions import Role
from implementor.history.models import Action
from implementor.waves.models import Wave
from tests.adoption.builders import NOW, people_now, read_records
from tests.adoption.test_pages import age, grow
from tests.auth.builders import add_people, reading, working
from tests.crm.builders import Company, company
from tests.projects.builders import add_project, browser_of

WHOLE = {"industry": "manufacturing", "phone": "+34 600 100 200", "city": "Bilbao", "country": "ES", "segment": "large"}
DAY = date(2026, 3, 10)


FIRMS = ("Acero Norte", "Bodegas Luna", "Cobre Vivo", "Duna Textil", "Estrella Papel", "Fragua Real", "Granja Sol",
         "Hornos Paz", "Iris Vidrio", "Jardines Mar", "Kilim Tapices", "Lagar Viejo")  # fmt: skip


def whole(number: int) -> dict[str, str]:
    """Values of an account with all that is wanted, and with a telephone of its own."""
    return {**WHOLE, "phone": f"+34 6{number:02}1 {number:02}7 {number:02}3"}


def back(days: int) -> date:
    return NOW.date() - timedelta(days=days)


def test_a_record_counts_from_the_day_on_which_it_was_found_correct() -> None:
    entered = [(DAY + timedelta(days=number), ("account", number)) for number in range(12)]
    ten = first_ten(entered, DAY + timedelta(days=1), {}, None)
    assert [one.record_id for one in ten] == list(range(1, 11))
    assert {one.correct_on - one.entered_on for one in ten} == {timedelta()}, "the first look of all"
    looked = DAY + timedelta(days=5)
    later = first_ten(entered, DAY, {("account", 9): DAY + timedelta(days=9), ("account", 0): DAY}, looked)
    assert [one.correct_on for one in later][:3] == [DAY, looked, looked]
    assert [one.record_id for one in later][-1] == 9


def test_the_middle_counts_who_is_not_there_yet_as_later() -> None:
    assert pace([3, None, 1, 8, None]) == Pace(5, 3, Fraction(8))
    assert pace([1, 2, 4, None]) == Pace(4, 3, Fraction(3))
    assert pace([1, None]) == Pace(2, 1, None)
    assert pace([]) == Pace(0, 0, None)
    people = [Beginning(one, DAY, 0, None, None) for one in (1, 2, 3)]
    assert {key: [one.user_id for one in some] for key, some in by_group(people, {7: [1, 2], 8: [2]}).items()} == {
        7: [1, 2], 0: [3],
    }  # fmt: skip


def fill(here: Company) -> dict[str, int]:
    """Twelve right accounts of a seller, one a day, among others that do not count; ids of some of these."""
    for number, name in enumerate(FIRMS):
        here.add("account", at=NOW - timedelta(days=30 - number), name=name, **whole(number))
    early = NOW - timedelta(days=40)
    made = {name: here.add("account", at=early, name=name, **{**whole(20 + len(name)), **other}) for name, other in (
        ("placeholder", {"city": "n/a"}), ("no number", {}), ("double", {}), ("file", {}),
        ("many", {}), ("put away", {}), ("mended", {"city": "test"}),
    )}  # fmt: skip
    sources: dict[str, dict[str, Any]] = {"file": {"source": "import"}, "many": {"record_count": 50}}
    with working(here.app) as session:
        for name, values in sources.items():
            found = text("SELECT action_id FROM change WHERE record_kind = 'account' AND record_id = :id")
            action_id = session.scalars(found, {"id": made[name]}).first()
            session.execute(update(Action).where(Action.id == action_id).values(values))
        session.execute(text("UPDATE account SET phone = 'call me' WHERE id = :id"), {"id": made["no number"]})
        session.execute(text("UPDATE account SET archived_at = created_at WHERE id = :id"), {"id": made["put away"]})
        session.execute(insert(DuplicatePair).values(
            kind="account", left_id=made["double"], right_id=made["double"] + 500, score=900, parts=[], state="open",
            found_at=NOW,
        ))  # fmt: skip
    return made


def recomputed(here: Company) -> dict[int, list[tuple[date, int]]]:
    """The same from rows as they are stored, judged by hand; no wave and no earlier look."""
    found: dict[int, list[tuple[date, int]]] = defaultdict(list)
    with reading(here.app) as session:
        doubles = {
            one
            for pair in session.execute(
                text("SELECT left_id, right_id FROM duplicate_pair WHERE kind = 'account' AND state = 'open'")
            )
            for one in pair
        }
        rows = session.execute(text(
            "SELECT a.id, a.industry, a.phone, a.city, a.country, a.segment, a.archived_at, c.at, act.actor_id,"
            " act.source, act.record_count, act.undone_at FROM account a JOIN change c ON c.record_id = a.id AND"
            " c.record_kind = 'account' AND c.verb = 'created' JOIN action act ON act.id = c.action_id"))  # fmt: skip
        for row in rows.mappings():
            words = [row[name] for name in WHOLE]
            is_right = all(one and one not in ("n/a", "test") for one in words) and "call" not in row["phone"]
            by_hand = row["source"] == "web" and row["record_count"] <= 10 and row["undone_at"] is None
            if is_right and by_hand and row["archived_at"] is None and row["id"] not in doubles:
                found[row["actor_id"]].append((date.fromisoformat(str(row["at"])[:10]), row["id"]))
    return {user_id: sorted(some)[:10] for user_id, some in found.items()}


def test_facts_agree_with_what_is_counted_by_hand_and_go_on_from_there(app: Flask) -> None:
    here = company(app)
    made = fill(here)
    here.add("account", "mate", NOW, name="Molinos", **whole(50))
    read_records(app)
    with reading(app) as session:
        kept: dict[int, list[tuple[date, int]]] = defaultdict(list)
        for row in session.scalars(select(CorrectRecord).order_by(CorrectRecord.correct_on, CorrectRecord.record_id)):
            kept[row.user_id].append((row.correct_on, row.record_id))
    assert kept == recomputed(here)
    assert len(kept) == 2
    seller, mate = people_now(here)["seller"], people_now(here)["mate"]
    assert (seller.started_on, seller.correct, seller.first_on, seller.tenth_on) == (back(200), 10, back(30), back(21))
    assert (mate.correct, mate.first_on, mate.tenth_on) == (1, back(0), None)
    here.change("account", made["mended"], "mate", NOW, city="Vigo")
    here.add("account", "mate", NOW - timedelta(days=3), name="Zafra", **whole(51))
    age(app)
    read_records(app)
    again = people_now(here)
    assert (again["seller"].first_on, again["mate"].correct) == (back(30), 2)
    with reading(app) as session:
        dated = session.scalars(select(CorrectRecord.correct_on).where(CorrectRecord.user_id == mate.user_id)).all()
    assert set(dated) == {back(0)}, "what was not correct at the last look became so then at the earliest"


def rollout(app: Flask, here: Company) -> int:
    """A project whose first wave went live 25 days ago for the seller, in an audience, and its lead."""
    (lead,) = add_people(app, [("Lea Lead", "lead@vega.example", ())])
    project_id = add_project(app, people=[(Role.CHANGE_LEAD, lead)])
    at = NOW - timedelta(days=25)
    with here.working("crm_admin", at) as session:
        shared = {"project_id": project_id, "created_at": at, "updated_at": at}
        session.add(Wave(number=1, name="First", rank="m", closed_at=at, stage="adoption", **shared))
        person = AffectedPerson(name="Seller Vega", user_id=here.people["seller"].id, **shared)
        audience = Audience(name="Sellers", **shared)
        session.add_all([person, audience])
        session.flush()
        session.add(AudienceMember(audience_id=audience.id, person_id=person.id, **shared))
    here.lead = lead  # type: ignore[attr-defined]
    return project_id


def test_counting_starts_with_going_live_and_pages_tell_names_to_those_entitled(app: Flask) -> None:
    here = company(app)
    fill(here)
    project_id = rollout(app, here)
    read_records(app)
    seller = people_now(here)["seller"]
    assert (seller.started_on, seller.first_on, seller.correct, seller.tenth_on) == (back(25), back(25), 7, None)
    with reading(app) as session:
        few = beginners_of(session, project_id, NOW.date(), named=False)
        named = beginners_of(session, project_id, NOW.date(), named=True)
    assert few.whole is None, "four people are told to nobody but their lead"
    assert [(one.to_first.people, one.to_first.median) for one in named.groups] == [(1, 0), (3, None)]
    lead = browser_of(app, here.lead)  # type: ignore[attr-defined]
    page = lead.get("/projects/VEN/adoption/first-records")
    assert "Seller Vega" in page.text
    assert "Mate Vega" not in lead.get("/projects/VEN/adoption/first-records?audience=1").text
    assert "7 of 10 so far" in lead.get(f"/projects/VEN/adoption/people/{seller.user_id}").text
    assert "Fragua Real" in here.browser().get("/use/").text, "each figure opens its records"
    grow(here, 1, 4)
    age(app)
    read_records(app)
    with reading(app) as session:
        told = beginners_of(session, project_id, NOW.date(), named=False)
    assert [len(one.ids) for one in told.groups] == [2], "one of a few is told with the others only"
    assert not told.people
