"""What the log holds, and what it never does: docs/security/logging.md is true."""

from __future__ import annotations

import ast
import io
import json
import logging
import re
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from implementor.auth.models import User
from implementor.foundation.permissions import Role
from implementor.settings import PROJECT_ROOT
from implementor.web.database import writing_session
from implementor.web.errors import broken_constraint
from implementor.web.observability import JsonLines
from tests.architecture.sources import sources
from tests.auth.builders import PASSWORD, add_person, sign_in
from tests.machinery.pages import Browser
from tests.projects.builders import add_project, browser_of

TOLD = (PROJECT_ROOT / "docs" / "security" / "logging.md").read_text(encoding="utf-8")
SECRET_WORDS = (PASSWORD, "ana@example.com", "Ana Alba", "wrong guess of a password")
Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines(app: Flask) -> Iterator[Lines]:
    """The lines that the program wrote since the test began, as JSON."""
    kept = io.StringIO()
    handler = logging.StreamHandler(kept)
    handler.setFormatter(JsonLines())
    root = logging.getLogger("implementor")
    root.addHandler(handler)
    yield lambda: [json.loads(line) for line in kept.getvalue().splitlines()]
    root.removeHandler(handler)


def test_every_logger_and_every_security_event_is_told() -> None:
    named, kinds = set(), set()
    for one in sources("implementor"):
        for name, call in one.calls():
            if name == "getLogger" and "implementor" in ast.unparse(call):
                named.add(ast.literal_eval(call.args[0]))
            if name == "SecurityEvent" and call.args:
                kinds |= set(re.findall(r"['\"]([a-z_]+\.[a-z_]+)", ast.unparse(call.args[0])))
    assert named - {"implementor"} == set(re.findall(r"^\| `(implementor\.\w+)`", TOLD, re.M)), (
        "tell it in docs/security/logging.md"
    )
    assert {kind for kind in kinds if f"`{kind}" not in TOLD} == set()


@pytest.mark.sqlite_only("what is logged is the same on both")
def test_the_log_goes_to_standard_error_alone(app: Flask) -> None:
    handlers = logging.getLogger("implementor").handlers
    ours = [one for one in handlers if not type(one).__module__.startswith("_pytest")]
    assert [type(one) for one in ours] == [logging.StreamHandler]
    assert getattr(ours[0], "stream", None) is not sys.stdout
    printing = [one.path for one in sources("implementor") for name, _ in one.calls() if name == "print"]
    assert printing == []


@pytest.mark.sqlite_only("what is logged is the same on both")
def test_signing_in_is_told_by_ids_and_times_and_without_anything_personal(
    app: Flask, browser: Browser, lines: Lines
) -> None:
    person = add_person(app, "Ana Alba")
    before = datetime.now(UTC)
    browser.get("/sign-in").form("sign_in").submit(email=person.email, password=SECRET_WORDS[-1], status=422)
    sign_in(browser, person)
    browser.get("/account").form("/sign-out").submit()
    events = [line for line in lines() if line["logger"] == "implementor.security"]
    kinds = [line["event"] for line in events]
    assert [kind for kind in kinds if kind.startswith("sign_")] == ["sign_in.refused", "sign_in.done", "sign_out.done"]
    assert events[-1]["actor_id"] == person.id
    asked = {line["request_id"] for line in lines() if line["logger"] == "implementor.requests"}
    for line in events[-3:]:
        assert line["request_id"] in asked
        assert before <= datetime.fromisoformat(line["at"]).astimezone(UTC).replace(microsecond=999999)
        assert line["at"].endswith("+00:00")
    assert [word for word in SECRET_WORDS if word in json.dumps(lines(), ensure_ascii=False)] == []


@pytest.mark.sqlite_only("what is logged is the same on both")
def test_refused_requests_are_told_with_who_asked_and_where(app: Flask, lines: Lines) -> None:
    lead, stranger = add_person(app, "Lea Lara"), add_person(app, "Sam Soto")
    add_project(app, "VEN", people=[(Role.PROJECT_LEAD, lead)])
    client = browser_of(app, stranger)
    client.get("/projects/VEN/", status=404)
    client.get("/projects/new", status=403)
    client.post("/account", {"csrf_token": ""}, status=400)
    foreign = {"Sec-Fetch-Site": "cross-site"}
    client.open("POST", "/account", 403, None, foreign, data={"csrf_token": client.token()})
    told = [line for line in lines() if line["logger"] == "implementor.requests"]
    assert [line["status"] for line in told] == [404, 403, 400, 403]
    assert {line["actor_id"] for line in told[:2]} == {stranger.id}


def test_a_broken_constraint_is_told_by_name_and_not_by_what_was_typed(app: Flask) -> None:
    person = add_person(app, "Ana Alba")
    with writing_session(app) as session:
        row = session.execute(select(User.__table__).where(User.id == person.id)).one()._asdict()
        with pytest.raises(IntegrityError) as caught:
            session.execute(insert(User), [{**row, "id": person.id + 1}])
    assert person.email not in str(caught.value)[: str(caught.value).find("[SQL")].partition("DETAIL")[0]
    assert person.email not in broken_constraint(caught.value)
    assert "email" in broken_constraint(caught.value)


def test_no_value_can_begin_a_line_of_its_own() -> None:
    made = logging.LogRecord("implementor.web", logging.INFO, "", 0, 'x\n{"event": "forged"}\r\u2028', None, None)
    assert len(JsonLines().format(made).splitlines()) == 1
