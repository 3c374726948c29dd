"""Whoever alters, removes or slips in a sealed change is found out; an erasure is not an alteration."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from implementor.auth.models import Area
from implementor.history.models import Action, Change, Seal
from implementor.history.sealing import Verdict, chained, key_from, payload_digest, seal_changes, verify_chain
from implementor.web.database import writing_session
from tests.history.builders import NOON, area, person, working

KEY = key_from("a secret of this test")


def seal(app: Flask) -> int:
    with writing_session(app) as session:
        sealed = seal_changes(session, key=KEY, at=NOON)
        session.commit()
    return sealed


def verdict(app: Flask, key: bytes = KEY) -> Verdict:
    with writing_session(app) as session:
        return verify_chain(session, key=key)


def sealed_world(app: Flask) -> None:
    ana = person(app, "Ana")
    for name in ("Sales", "Service", "Marketing"):
        area(app, name, ana)
    assert seal(app) == 4


def test_the_chain_grows_and_holds(app: Flask) -> None:
    sealed_world(app)
    first = verdict(app)
    assert (first.sealed, first.fault, seal(app)) == (4, None, 0)
    area(app, "Finance")
    assert seal(app) == 1
    assert (verdict(app).sealed, verdict(app).head == first.head) == (5, False)


def _other_values(session: Session) -> None:
    session.execute(update(Change).where(Change.id == 2).values(after={"name": "Forged"}))


def _other_record(session: Session) -> None:
    session.execute(update(Change).where(Change.id == 2).values(record_id=99))


def _other_person(session: Session) -> None:
    session.execute(update(Action).where(Action.id == 2).values(actor_id=None))


def _no_change(session: Session) -> None:
    session.execute(delete(Change).where(Change.id == 2))


def _no_seal(session: Session) -> None:
    session.execute(delete(Seal).where(Seal.number == 2))


def _other_digest(session: Session) -> None:
    session.execute(update(Seal).where(Seal.number == 2).values(digest="0" * 64))


def _false_erasure(session: Session) -> None:
    session.execute(update(Seal).where(Seal.number == 2).values(salt=None))


@pytest.mark.parametrize(
    "forge", [_other_values, _other_record, _other_person, _no_change, _no_seal, _other_digest, _false_erasure]
)
def test_every_forgery_is_found_where_it_was_done(app: Flask, forge: Callable[[Session], None]) -> None:
    sealed_world(app)
    with writing_session(app) as session:
        forge(session)
        session.commit()
    found = verdict(app)
    assert found.fault is not None
    assert (found.sealed, found.fault.number) == (1, 2)


def test_another_key_does_not_hold(app: Flask) -> None:
    sealed_world(app)
    assert verdict(app, key_from("another")).fault is not None


def test_values_can_be_erased_and_the_chain_still_holds(app: Flask) -> None:
    sealed_world(app)
    with writing_session(app) as session:
        session.execute(update(Change).where(Change.id == 2).values(before=None, after=None))
        session.execute(update(Seal).where(Seal.change_id == 2).values(salt=None))
        session.commit()
    assert verdict(app).fault is None


def test_the_spelling_of_digests_is_pinned() -> None:
    values = "02aa451b9398f96a5c959b6b9522b3bb6a21b94b2214698756c21fad4c4b0385"
    assert payload_digest("salt", {"b": 1, "a": "é"}, None) == values
    link = "c4075711b803196749b2347db3572c65b9e9e14534c8ec0cbe569946e8ce35bb"
    assert chained(b"key", "0" * 64, 1, (1, None, "area", NOON), "p") == link


def test_the_command_tells_whether_history_holds(app: Flask) -> None:
    with working(app) as (session, _note):
        session.add(Area(name="Sales"))
    key = key_from(app.extensions["implementor_settings"].secret_key)
    with writing_session(app) as session:
        seal_changes(session, key=key, at=NOON)
        session.commit()
    run = app.test_cli_runner().invoke
    good = run(args=["history", "verify"])
    assert (good.exit_code, good.output.startswith("1 changes hold")) == (0, True)
    assert run(args=["history", "verify", "--head", "0"]).exit_code == 1
    with writing_session(app) as session:
        session.execute(delete(Change))
        session.commit()
    bad = run(args=["history", "verify"])
    assert (bad.exit_code, "Seal 1" in bad.output) == (1, True)
