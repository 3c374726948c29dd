"""What is live is read once for each state, costs a request no statement, and is never taken for another state."""

from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import event, select, update
from sqlalchemy.engine import Engine

from implementor.configuration.first_use import bring_in_shipped
from implementor.configuration.models import ConfigurationVersion, PicklistValue, StoredPicklist
from implementor.configuration.rereading import Tables
from implementor.configuration.snapshots import load, now_live
from implementor.foundation import live
from implementor.foundation.choices import Choice, Picklist, picklist, shipped_picklists
from implementor.foundation.permissions import SYSTEM
from implementor.foundation.words import say
from implementor.jobs.context import JobContext
from implementor.jobs.running import run_inline
from implementor.jobs.services import enqueue
from implementor.jobs.tasks import task
from tests.auth.builders import add_person, reading, sign_in, working
from tests.configuration.builders import LIST, add_list, live_now
from tests.machinery.pages import Browser
from tests.machinery.statements import counting

SHIPPED = Picklist("test.shipped", say("Priority"), (Choice("low", say("Low")), Choice("high", say("High"), "risk")))


@task("tests.look_at_lists")
def look_at_lists(_context: JobContext) -> dict[str, list[str]]:
    """The lists of words that are live for the job."""
    return {"lists": list(live.present().picklists)}


def statements(browser: Browser, url: str) -> list[str]:
    told: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        told.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        browser.get(url)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return told


def test_a_request_reads_the_configuration_only_when_it_is_another_one(app: Flask, browser: Browser) -> None:
    sign_in(browser, add_person(app, "Ana"))
    browser.get("/account")
    assert [one for one in statements(browser, "/account") if "FROM picklist" in one] == []
    add_list(app, ("Red", "Rojo"))
    assert [one for one in statements(browser, "/account") if "FROM picklist" in one] != []
    assert [one for one in statements(browser, "/account") if "FROM picklist" in one] == []
    assert live.present() is live.SHIPPED, "the next request of this thread may be somebody else's"


def test_each_change_has_a_stamp_of_its_own_and_each_action_a_number(app: Flask) -> None:
    before = live_now(app)
    add_list(app, ("Red", "Rojo"), ("Green", "Verde"))
    after = live_now(app)
    assert after.number == before.number + 1
    assert after.stamp != before.stamp
    assert live_now(app) is after


def test_a_state_that_was_taken_back_is_not_kept(app: Flask) -> None:
    add_list(app, ("Red", "Rojo"))
    with working(app) as session:
        session.scalars(select(PicklistValue).where(PicklistValue.key == "red")).one().label_en = "Ruby"
        session.flush()
        assert str(now_live(session).picklist(LIST).by_key["red"].label) == "Ruby"
        session.rollback()
    assert str(live_now(app).picklist(LIST).by_key["red"].label) == "Red"


def test_a_job_works_with_what_is_live_and_leaves_nothing_behind(app: Flask) -> None:
    add_list(app, ("Red", "Rojo"))
    with working(app) as session:
        job = enqueue(session, "tests.look_at_lists", arguments={}, title=say("Look"), by=SYSTEM, at=datetime.now(UTC))
        session.flush()
        job_id = job.id
    assert LIST in (run_inline(app, job_id).result or {})["lists"]
    assert live.present() is live.SHIPPED


def test_a_newer_program_brings_in_its_words_and_betters_those_nobody_changed(app: Flask) -> None:
    picklist(SHIPPED)
    try:
        with working(app) as session:
            assert bring_in_shipped(session, at=datetime.now(UTC))
            assert not bring_in_shipped(session, at=datetime.now(UTC))
            high = session.scalars(select(PicklistValue).where(PicklistValue.key == "high")).one()
            high.label_en, high.source = "Urgent", "by_hand"
        newer = (Choice("low", say("Small")), SHIPPED.values[1], Choice("none", say("None")))
        shipped_picklists[SHIPPED.key] = Picklist(SHIPPED.key, SHIPPED.label, newer)
        with working(app) as session:
            assert bring_in_shipped(session, at=datetime.now(UTC))
        words = live_now(app).picklist(SHIPPED.key).values
        assert [(word.key, str(word.label)) for word in words] == [
            ("low", "Small"), ("high", "Urgent"), ("none", "None"),
        ]  # fmt: skip
    finally:
        del shipped_picklists[SHIPPED.key]


def test_the_first_request_to_a_newer_program_brings_in_what_it_ships(make_app: object, app: Flask) -> None:
    person = add_person(app, "Ana")
    with working(app) as session:
        session.execute(update(ConfigurationVersion).values(shipped="older"))
    newer: Flask = make_app()  # type: ignore[operator]  # a factory
    browser = Browser(newer)
    sign_in(browser, person)
    with reading(app) as session:
        assert session.scalar(select(ConfigurationVersion.shipped)) != "older"


def test_what_is_shipped_and_not_stored_yet_is_live() -> None:
    picklist(SHIPPED)
    try:
        assert live.present().picklist(SHIPPED.key).by_key["high"].tone == "risk"
    finally:
        del shipped_picklists[SHIPPED.key]


def test_stored_words_read_in_the_language_of_the_reader(app: Flask) -> None:
    with reading(app) as session:
        assert session.scalars(select(StoredPicklist.label_es)).all() == [
            row.label.texts["es"] for row in session.scalars(select(StoredPicklist))
        ]


def test_only_tables_in_which_something_changed_are_read_again(app: Flask) -> None:
    list_id = add_list(app, ("Red", "Rojo"))
    with working(app) as session:
        tables, other = Tables(session), Tables(session)
        assert load(session, tables).picklists == load(session, other).picklists == load(session).picklists
        session.add(PicklistValue(picklist_id=list_id, key="green", label_en="Green", label_es="Verde", rank="z"))
        session.flush()
        with counting() as again:
            changed = load(session, tables)
        assert [one.split("FROM ")[1].split()[0] for one in again] == ["configuration_version", "picklist_value"]
        assert "green" in changed.picklists[LIST].by_key
        assert changed.picklists == load(session, other).picklists == load(session).picklists
