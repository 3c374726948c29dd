"""Surveys of people in teams: written by a form, opened, answered by links, looked at by the worker."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from implementor.audiences.models import AffectedPerson
from implementor.auth.models import Team
from implementor.notifications.models import OutboxMessage
from implementor.surveys import telling
from tests.audiences.builders import Affected
from tests.auth.builders import reading
from tests.machinery.pages import Browser, Page

LIST = "/projects/VEN/surveys"
NOW = datetime.now(UTC)
DAY = NOW.date()


def teams(here: Affected, **sizes: int) -> dict[str, int]:
    """Teams with so many people affected each, known by a@team.example and so on; ids by name."""
    ids = {}
    for name, size in sizes.items():
        with here.working() as session:
            session.add(made := Team(name=name))
            session.flush()
            ids[name] = made.id
        for number in range(size):
            here.write(AffectedPerson, name=f"{name} {number}", email=f"{number}@{name}.example", team_id=ids[name])
    return ids


def write(here: Affected, **values: Any) -> None:
    """Write a survey by its form."""
    form = here.browser().get("/projects/VEN/records/survey/new").form("main form")
    form.submit(**{"name": "Before going live", "closes_on": str(DAY + timedelta(days=9)), **values})


def opened(here: Affected, **values: Any) -> Page:
    """A survey that asks everybody; the worker has written to them."""
    write(here, **values)
    page = here.browser().get(f"{LIST}/1").form("form[action$='/open']").submit()
    look(here)
    return page


def links(here: Affected) -> dict[str, str]:
    """The path in the newest mail to each address."""
    with reading(here.app) as session:
        mails = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()
    found = {one.to_address: one.lines or () for one in mails if "/surveys/link" in json.dumps(one.lines)}
    return {
        address: next(line["page"] for line in lines if isinstance(line, dict) and "page" in line)
        for address, lines in found.items()
    }


def reply(here: Affected, link: str, value: int, status: int = 200, **more: str) -> Page:
    """Answer by a link without an account, the first five questions alike."""
    browser = Browser(here.app)
    form = browser.get(link).form("main form")
    given: dict[str, Any] = {
        name: str(value) for name in [name for name in form.values if re.fullmatch(r"q\d+", name)][:5]
    }
    return form.submit(status=status, **{**given, **more})


def rows(here: Affected, model: Any) -> list[Any]:
    """Everything in a table."""
    with reading(here.app) as session:
        return list(session.scalars(select(model)))


def look(here: Affected, days: int = 0) -> None:
    """Let the worker look after so many days."""
    with here.app.app_context():
        telling.look(here.app, NOW + timedelta(days=days))
