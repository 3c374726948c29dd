"""Remembering which records a person opened: seen from the address of the page, written at most once a minute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from threading import Lock
from typing import Any, NamedTuple

from flask import Flask, Response, current_app, request
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from implementor.foundation.records import kinds
from implementor.search import queries
from implementor.search.models import Visit
from implementor.search.queries import Address
from implementor.web.guard import actor
from implementor.web.unit_of_work import enter_in_ledger, now

PAUSE = timedelta(minutes=1)
MOST_WAITING = 20
MOST_PEOPLE = 10_000


@dataclass(frozen=True)
class PagePattern:
    """Which value of a page's address names the record, and whether it is the id."""

    kind: str
    value_name: str
    is_id: bool


class _Probe(NamedTuple):
    """A row whose values are recognised in the address made from it."""

    id: int = -11
    title: str = ""
    project_key: str = "PROBE"
    number: int = -22


def page_patterns() -> dict[str, PagePattern]:
    """Endpoint of each kind's page -> how it names the record."""
    patterns = {}
    for kind in kinds.values():
        endpoint, values = kind.endpoint_values(_Probe())
        named = {value: name for name, value in values.items()}
        if _Probe().number in named or _Probe().id in named:
            is_id = _Probe().id in named
            value_name = named[_Probe().id if is_id else _Probe().number]
            patterns[endpoint] = PagePattern(kind.name, value_name, is_id)
    return patterns


class VisitBook:
    """Visits of this process that are not written yet; a crash loses a minute of them, which nobody misses."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: dict[int, dict[Address, datetime]] = {}
        self._written_at: dict[int, datetime] = {}
        self.patterns: dict[str, PagePattern] | None = None

    def note(self, user_id: int, address: Address, at: datetime) -> Mapping[Address, datetime]:
        """Keep a visit; answers what is to be written now, which is nothing within a minute of the last time."""
        with self._lock:
            waiting = self._waiting.setdefault(user_id, {})
            waiting.pop(address, None)
            waiting[address] = at
            while len(waiting) > MOST_WAITING:
                waiting.pop(next(iter(waiting)))
            if at - self._written_at.get(user_id, at - PAUSE) < PAUSE:
                return {}
            if len(self._written_at) >= MOST_PEOPLE:
                self._written_at.clear()
            self._written_at[user_id] = at
            return self._waiting.pop(user_id)

    def take(self, user_id: int, at: datetime) -> Mapping[Address, datetime]:
        """What waits for a person, to be written now."""
        with self._lock:
            self._written_at[user_id] = at
            return self._waiting.pop(user_id, {})


def book(app: Flask) -> VisitBook:
    """The book of this application."""
    found: VisitBook = app.extensions.setdefault("implementor_visits", VisitBook())
    return found


def notice_visit(response: Response) -> Response:
    """After a page of a record was shown to somebody."""
    user_id = actor().user_id
    if request.method != "GET" or response.status_code != 200 or user_id is None:
        return response
    visits = book(current_app)
    if visits.patterns is None:
        visits.patterns = page_patterns()
    pattern = visits.patterns.get(request.endpoint or "")
    if pattern is not None:
        values = request.view_args or {}
        address = Address(pattern.kind, values.get("project_key"), values[pattern.value_name], pattern.is_id)
        due = visits.note(user_id, address, now())
        if due:
            enter_in_ledger(partial(write_visits, user_id=user_id, visits=due))
    return response


def write_visits(session: Session, *, user_id: int, visits: Mapping[Address, datetime]) -> None:
    """Store visits; a second one of a record moves the first.

    They are stored in one order, so that two processes that write for one person never wait for each other.
    """
    insert: Any = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    found = {(address.kind, _record_id(session, address)): at for address, at in visits.items()}
    opened = [(kind, record_id, at) for (kind, record_id), at in found.items() if record_id is not None]
    for kind, record_id, at in sorted(opened):
        row = insert(Visit).values(user_id=user_id, kind=kind, record_id=record_id, at=at)
        session.execute(row.on_conflict_do_update(index_elements=["user_id", "kind", "record_id"], set_={"at": at}))


def _record_id(session: Session, address: Address) -> int | None:
    if address.is_id:
        return address.number
    if address.project_key is None:
        return None
    named = queries.records_by_number(address.project_key.upper(), address.kind, address.number)
    return session.scalars(named).first()
