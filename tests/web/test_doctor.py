"""`implementor doctor`: what is wrong with an installation and how to mend it, by exit code, in words and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import text

from implementor.__main__ import commands
from implementor.foundation.permissions import SYSTEM
from implementor.foundation.words import say
from implementor.jobs.services import enqueue
from implementor.settings import variable_name
from implementor.web.doctor import Finding, examine
from implementor.web.migrate import downgrade_database
from tests.auth.builders import working
from tests.machinery.servers import Mailbox, free_port

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PARTS = {"database", "schema", "folder", "front end", "address", "jobs", "mail", "indexes"}


def findings(app: Flask, at: datetime = NOW) -> dict[str, Finding]:
    """By the name of the part."""
    return {each.name: each for each in examine(app, at)}


def run(monkeypatch: pytest.MonkeyPatch, app: Flask, *words: str) -> Result:
    """The command with the settings of the application under test, as an operator gives them."""
    settings = app.extensions["implementor_settings"]
    for name in ("database_url", "secret_key", "var_dir", "smtp_url"):
        monkeypatch.setenv(variable_name(name), str(getattr(settings, name)))
    return CliRunner().invoke(commands, ["doctor", *words])


def test_a_sound_installation_is_told_so(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    told = run(monkeypatch, app)
    assert told.exit_code == 0, told.output
    assert {line.split(":")[0].split(maxsplit=1)[1] for line in told.stdout.splitlines()} == PARTS
    as_json = json.loads(run(monkeypatch, app, "--json").stdout)
    assert as_json["healthy"] is True
    assert {each["name"]: each["state"] for each in as_json["findings"]} == {
        **dict.fromkeys(PARTS, "good"), "address": "note", "mail": "note",
    }  # fmt: skip


def test_a_database_behind_the_program_ends_with_one_and_the_way_out(
    app: Flask, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    downgrade_database(database, "-1")
    told = run(monkeypatch, app)
    assert told.exit_code == 1
    assert "fault  schema: the database is behind the program: run `implementor db upgrade`" in told.stdout


def test_a_job_that_waits_long_asks_for_a_worker(app: Flask) -> None:
    with working(app) as session:
        enqueue(session, "lists.change_selection", arguments={}, title=say("Change stories"), by=SYSTEM, at=NOW)
    assert findings(app, NOW + timedelta(minutes=4))["jobs"].state == "good"
    late = findings(app, NOW + timedelta(minutes=6))["jobs"]
    assert (late.state, "implementor worker" in late.words) == ("fault", True)


def test_a_mail_server_is_asked_without_sending_anything(make_app: Callable[..., Flask], smtp: Mailbox) -> None:
    assert findings(make_app(smtp_url=smtp.url))["mail"].state == "good"
    assert smtp.messages == []
    away = findings(make_app(smtp_url=f"smtp://127.0.0.1:{free_port()}"))["mail"]
    assert (away.state, away.words.startswith("no mail can leave: ConnectionRefusedError")) == ("fault", True)


@pytest.mark.parametrize(
    ("address", "state"),
    [("http://crm.example.com", "note"), ("https://crm.example.com", "good"), ("http://localhost:8000", "good")],
)
@pytest.mark.sqlite_only("addresses are not asked of the database")
def test_an_address_that_is_not_encrypted_is_noted(make_app: Callable[..., Flask], address: str, state: str) -> None:
    assert findings(make_app(base_url=address))["address"].state == state


def test_parts_that_need_tables_say_so_where_there_are_none(app: Flask) -> None:
    with working(app) as session:
        session.execute(text("ALTER TABLE job RENAME TO job_away"))
    found = findings(app)
    assert (found["jobs"].state, found["jobs"].words.startswith("cannot be asked")) == ("fault", True)
    assert found["mail"].state == "note"
