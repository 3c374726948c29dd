"""A retrospective at work: hidden until revealed, put together, voted on, closed without a trace of who wrote what."""

import pytest
from flask import Flask
from sqlalchemy import func, inspect, select

from implementor.foundation.model import Model
from implementor.retrospectives.models import RetroNote, RetroSeat, RetroTable, RetroVote
from implementor.web.models import IdempotencyKey
from tests.auth.builders import Person, reading
from tests.machinery.pages import Browser
from tests.machinery.statements import counting
from tests.projects.builders import browser_of
from tests.retrospectives.builders import people_of_team, retrospective

HERE = "/projects/VEN/retrospectives/1"
MINE, THEIRS = "We met too late", "The file was dirty"


@pytest.fixture
def people(app: Flask) -> dict[str, Person]:
    """The people of VEN."""
    return people_of_team(app)


def write(browser: Browser, text: str, place: str = "0") -> None:
    """Put a note on the table, as the form does."""
    browser.get(HERE).form("write_note").submit(place=place, text=text)


def send(browser: Browser, what: str, status: int = 200, **values: str) -> None:
    """Send what a button of the page sends."""
    browser.get(HERE)
    browser.post(f"{HERE}/{what}", values, status=status)


def to_phase(app: Flask, people: dict[str, Person], phase: str) -> None:
    """Lead on."""
    send(browser_of(app, people["project_lead"]), "phase", phase=phase)


def ids(app: Flask) -> dict[str, int]:
    """The notes on the table by their text."""
    with reading(app) as session:
        return {note.text: note.id for note in session.scalars(select(RetroNote))}


def test_nobody_reads_notes_of_others_before_the_reveal(app: Flask, people: dict[str, Person]) -> None:
    retrospective(app, people["project_lead"])
    writer, other, viewer = (browser_of(app, people[who]) for who in ("member", "change_lead", "viewer"))
    write(writer, MINE)
    write(other, THEIRS, "1")
    note_id = ids(app)[THEIRS]
    assert MINE in writer.get(HERE).text
    for browser in (writer, viewer):
        page = browser.get(HERE)
        assert THEIRS not in page.text
        assert "not revealed yet" in page.text
    assert writer.get(f"{HERE}/notes/{note_id}", status=404)
    assert viewer.get(f"{HERE}/export.csv", status=409)
    assert writer.get("/search?q=dirty").text.count(THEIRS) == 0
    to_phase(app, people, "reveal")
    assert THEIRS in viewer.get(HERE).text
    assert "Cira Cruz" in viewer.get(f"{HERE}/export.csv").response.text


def test_notes_are_put_together_voted_on_and_counted(app: Flask, people: dict[str, Person]) -> None:
    retrospective(app, people["project_lead"])
    member, other = browser_of(app, people["member"]), browser_of(app, people["change_lead"])
    write(member, MINE)
    write(other, THEIRS, "1")
    to_phase(app, people, "group")
    known = ids(app)
    send(member, f"notes/{known[MINE]}/move", to=str(known[THEIRS]))
    send(member, f"notes/{known[THEIRS]}/vote", status=409)
    to_phase(app, people, "vote")
    for _turn in range(2):
        send(member, f"notes/{known[THEIRS]}/vote", way="give")
    send(member, f"notes/{known[THEIRS]}/vote", status=409, way="give")
    send(member, f"notes/{known[THEIRS]}/vote", way="back")
    send(other, f"notes/{known[THEIRS]}/vote", way="give")
    send(other, f"notes/{known[MINE]}/vote", status=409, way="give")  # it lies under another
    assert "1 vote left" in other.get(HERE).text
    to_phase(app, people, "closed")
    assert "2 votes" in other.get(HERE).text
    file = other.get(f"{HERE}/export.md").response.text
    assert THEIRS in file
    assert f"  - {MINE}" in file


def test_an_anonymous_note_leads_to_nobody(app: Flask, people: dict[str, Person]) -> None:
    retrospective(app, people["project_lead"], names="anonymous")
    browser = browser_of(app, people["member"])
    write(browser, MINE)
    browser.get(f"{HERE}/table")
    to_phase(app, people, "reveal")
    for url in (HERE, f"{HERE}/export.csv", f"{HERE}/export.md"):
        page = browser_of(app, people["viewer"]).get(url)
        assert MINE in page.response.text
        assert "Mara Mora" not in page.response.text
    with reading(app) as session:
        note, seat = session.scalars(select(RetroNote)).one(), session.scalars(select(RetroSeat)).first()
        told = [str(row) for table in session.execute(select(RetroTable)).all() for row in table]
    assert note.author_id is None
    assert note.hand is not None
    assert seat is None or (seat.user_id is None and seat.seat != note.hand)
    assert MINE not in everything_but_notes(app), told
    to_phase(app, people, "closed")
    with reading(app) as session:
        note = session.scalars(select(RetroNote)).one()
        salts = session.scalars(select(RetroTable.salt)).all()
        assert (note.hand, salts) == (None, [None])
        assert not session.scalars(select(RetroVote)).all()
        assert not session.scalars(select(RetroSeat)).all()


def everything_but_notes(app: Flask) -> str:
    """Every value of every other table, where a copy of a note or a sum of it could lie."""
    said = []
    with reading(app) as session:
        there = set(inspect(session.get_bind()).get_table_names()) - {"retro_note"}
        for table in Model.metadata.sorted_tables:
            if table.name in there:
                said += [repr(row) for row in session.execute(table.select())]
    return "\n".join(said)


def test_pressing_send_for_a_note_leaves_no_key_behind(app: Flask, people: dict[str, Person]) -> None:
    """A key of a form is kept with the sum of what it sent, by which a note could be told."""
    retrospective(app, people["project_lead"], names="anonymous")
    browser = browser_of(app, people["member"])
    before = keys(app)
    write(browser, MINE)
    assert keys(app) == before


def keys(app: Flask) -> int:
    """How many keys of forms are kept."""
    with reading(app) as session:
        return session.scalar(select(func.count()).select_from(IdempotencyKey)) or 0


def test_a_poll_is_told_only_what_changed(app: Flask, people: dict[str, Person]) -> None:
    retrospective(app, people["project_lead"])
    browser = browser_of(app, people["member"])
    browser.get(f"{HERE}/table")  # takes the seat, which others are to see
    url = browser.get(HERE).find("#retro_table").get("data-poll")
    assert url is not None
    with counting() as asked:
        assert browser.get(url, status=204)
    assert len(asked) <= 8, asked
    write(browser_of(app, people["change_lead"]), THEIRS)
    page = browser.get(url, target="retro_table")
    assert "not revealed yet" in page.text
    assert THEIRS not in page.text


def test_only_who_leads_leads(app: Flask, people: dict[str, Person]) -> None:
    retrospective(app, people["project_lead"], facilitator_id=people["change_lead"].id)
    send(browser_of(app, people["member"]), "phase", status=409, phase="reveal")
    send(browser_of(app, people["viewer"]), "phase", status=403, phase="reveal")
    leader = browser_of(app, people["change_lead"])
    send(leader, "timer", minutes="5")
    send(leader, "lock", locked="y")
    send(browser_of(app, people["member"]), "notes", status=409, place="0", text=MINE)
    send(leader, "phase", phase="reveal")
    send(leader, "phase", status=409, phase="collect")  # what was read is not hidden again
    send(leader, "phase", phase="closed")
    send(leader, "phase", phase="act")
    assert "Agreeing on actions" in leader.get(HERE).text
