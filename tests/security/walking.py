"""Sending requests as each actor, and seeing what they really changed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from flask import Flask
from lxml import html as lxml_html
from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine
from werkzeug.test import TestResponse

from implementor.auth.current import TOKEN
from tests.machinery.databases import READING
from tests.machinery.pages import HEADERS
from tests.security.cells import Cell
from tests.security.world import World

LEDGER = ("user_session", "visit", "throttle")
"""Tables that are written beside a request, whatever comes of it: last seen, opened last, attempts counted."""


PASSING = ("UPDATE user_session SET last_seen_at=", "INSERT INTO visit ", "UPDATE visit ")
"""What every request may note and no later one minds; to put it back would only have it noted again."""


class Writes:
    """Statements that changed data and were committed, on every engine of this process."""

    def __init__(self) -> None:
        self.committed: list[str] = []
        self._open: dict[int, list[str]] = {}

    def note(self, connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
        """Keep a statement until its transaction ends."""
        if not statement.lstrip().upper().startswith(READING):
            self._open.setdefault(id(connection), []).append(statement)

    def commit(self, connection: Connection) -> None:
        """What was kept has happened."""
        self.committed += self._open.pop(id(connection), [])

    def rollback(self, connection: Connection) -> None:
        """What was kept has not happened."""
        self._open.pop(id(connection), None)

    @property
    def beyond_ledger(self) -> list[str]:
        """Committed statements about anything but the ledger's tables."""
        return [each for each in self.committed if not _is_ledger(each)]

    @property
    def lasting(self) -> list[str]:
        """Committed statements after which the next request may be answered otherwise."""
        return [each for each in self.committed if not each.startswith(PASSING)]


def _is_ledger(statement: str) -> bool:
    words = statement.replace('"', " ").split()
    return any(table in words[:4] for table in LEDGER)


def text_of(answer: TestResponse) -> str:
    """Everything an answer says, in its body (unpacked, if it is a workbook) and in its address to go on to."""
    body = answer.get_data()
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            body = b"".join(package.read(name) for name in package.namelist())
    return body.decode("utf-8", "replace") + answer.headers.get("Location", "")


@contextmanager
def watching() -> Iterator[Writes]:
    """The committed writes of the block."""
    writes = Writes()
    wired: list[tuple[str, Any]] = [
        ("before_cursor_execute", writes.note),
        ("commit", writes.commit),
        ("rollback", writes.rollback),
    ]
    for name, listener in wired:
        event.listen(Engine, name, listener)
    try:
        yield writes
    finally:
        for name, listener in wired:
            event.remove(Engine, name, listener)


class Walker:
    """Sends requests in the name of the world's actors; each with a cookie and a forgery token of their own."""

    def __init__(self, app: Flask, world: World) -> None:
        self.app, self.world = app, world
        self.client = app.test_client(use_cookies=False)
        self._known: dict[str, tuple[str, str]] = {}

    def identity(self, name: str) -> tuple[str, str]:
        """Cookie and token of an actor."""
        if name not in self._known:
            self._known[name] = self._arrive(name)
        return self._known[name]

    def _arrive(self, name: str) -> tuple[str, str]:
        client = self.app.test_client()
        token = self.world.tokens.get(name)
        if token is not None:
            with client.session_transaction() as session:
                session[TOKEN] = token
        page = client.get("/account", headers=HEADERS, follow_redirects=True)
        meta = lxml_html.document_fromstring(page.get_data()).find(".//meta[@name='csrf-token']")
        if token is not None and name == "deactivated":  # keep the token that the application has thrown away
            with client.session_transaction() as session:
                session[TOKEN] = token
        cookie = client.get_cookie(str(self.app.config["SESSION_COOKIE_NAME"]))
        assert cookie is not None, f"{name} has no cookie"
        assert meta is not None, f"{name} gets no token"
        return cookie.value, str(meta.get("content"))

    def send(
        self, name: str, method: str, url: str, body: Mapping[str, Any] | None = None, **options: Any
    ) -> TestResponse:
        """One request of an actor; `token=None` leaves the forgery token out, `headers` come on top."""
        cookie, forgery = self.identity(name)
        token = options.pop("token", forgery)
        headers = {**HEADERS, "Cookie": f"{self.app.config['SESSION_COOKIE_NAME']}={cookie}"}
        headers |= options.pop("headers", {})
        if method != "GET" and "data" not in options:
            options["data"] = {**({"csrf_token": token} if token else {}), **(body or {})}
        kept = {header: value for header, value in headers.items() if value is not None}
        answer = self.client.open(url, method=method, headers=kept, **options)
        answer.get_data()  # a streamed file is read and closed with it
        answer.close()
        return answer

    def try_cell(self, name: str, cell: Cell, **options: Any) -> TestResponse:
        """The request of a cell as this actor."""
        return self.send(name, cell.method, cell.url(self.app, self.world), cell.body(self.world), **options)
