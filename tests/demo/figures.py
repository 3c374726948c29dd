"""Every figure of the reports of the CRM leads to a list of exactly as many records, whoever reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flask import Flask
from sqlalchemy import select

from implementor.auth.models import InstallationRole, User
from implementor.foundation.permissions import Role
from tests.auth.builders import Person, reading
from tests.machinery.pages import Browser, Page
from tests.projects.builders import browser_of

REPORTS = (
    "/crm/opportunities/funnel", "/crm/leads/funnel", "/crm/activity", "/crm/activity?by=team",
    "/crm/activity?by=week", "/crm/opportunities/forecast",
)  # fmt: skip
READERS = (Role.CRM_USER, Role.CRM_ADMIN)
WHOLE = re.compile(r"\d{1,3}([.,]\d{3})*")
ROWS = re.compile(r"(more than |más de )?([\d.,]+) (?:rows?|filas?)\b")


def every_figure_opens_its_records(app: Flask) -> None:
    """Follow them all, as a seller and as an administrator of the CRM."""
    faults, followed = [], 0
    for role, browser in readers(app):
        for report in REPORTS:
            for url, count in figures_of(browser.get(report)):
                followed += 1
                listed = rows_at(browser, url)
                if listed != count:
                    faults.append(f"{role} {report}: {count} at {url}, which lists {listed}")
    assert faults == []
    assert followed > 100


def readers(app: Flask) -> Iterator[tuple[Role, Browser]]:
    """A browser of the first person with each role, and at first of one who reads all."""
    for role in READERS:
        holds = select(InstallationRole.user_id).where(InstallationRole.role == role)
        with reading(app) as session:
            user = session.scalars(select(User).where(User.id.in_(holds)).order_by(User.id)).first()
        if user is not None:
            yield role, browser_of(app, Person(user.id, user.name, user.email))


def figures_of(page: Page) -> Iterator[tuple[str, int]]:
    """(address, count) of the figures of a page that are numbers of records."""
    seen = set()
    for link in page.all("main a"):
        text = link.text_content().strip()
        url = str(link.get("href"))
        if WHOLE.fullmatch(text) and url not in seen:
            seen.add(url)
            yield url, int(re.sub(r"\D", "", text))


def rows_at(browser: Browser, url: str) -> int | str:
    """How many rows a list says it has."""
    found = ROWS.search(browser.get(url).text)
    return int(re.sub(r"\D", "", found[2])) if found is not None else "nothing that counts"
