"""A pack of twenty pages in all four formats, for the bench: the report of the measured project, long with changes."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.databases import Stock
from bench.figures import Figure, median, percentile
from implementor.auth.models import User
from implementor.foundation.permissions import Actor, Role
from implementor.projects.models import Project
from implementor.status.composing import compose
from implementor.status.models import StatusReport
from implementor.status.pack_page import html_of
from implementor.status.packing import MAKERS
from implementor.web.database import writing_session

NAME, ROUNDS, PAGES, LIMIT = "pack", 3, 20, 5000.0
"""The limit is what the pack may take in its job, in milliseconds."""
ROWS_ON_A_PAGE = 12
"""Changes put in at a time until there are pages enough."""


def pack_figure(stock: Stock) -> Figure:
    """How long all four take; under wire, raw SQL and draw stand page and sheet, slides, and PDF by themselves."""
    with stock.app.app_context():
        content = _long(_content(stock))
        makers: dict[str, Callable[[Any], Any]] = {"html": html_of, **MAKERS}
        taken: dict[str, list[float]] = {name: [] for name in makers}
        for _round in range(ROUNDS):
            for name, make in makers.items():
                began = time.perf_counter()
                length = len(make(content))
                taken[name].append((time.perf_counter() - began) * 1000)
    whole = [sum(parts) for parts in zip(*taken.values(), strict=True)]
    alone = {name: median(parts) for name, parts in taken.items()}
    return Figure(
        NAME, stock.kind, stock.size, median(whole), percentile(whole, 95), 1000 / median(whole), 0, length, LIMIT,
        median(whole) / LIMIT, alone["html"] + alone["xlsx"], alone["pptx"], alone["pdf"],
    )  # fmt: skip


def _content(stock: Stock) -> dict[str, Any]:
    """What a report of the measured project would tell now."""
    with writing_session(stock.app) as session:
        by, at = _lead(session, stock), datetime.now(UTC)
        project = session.scalars(select(Project).where(Project.key == stock.key)).one()
        report = StatusReport(project_id=project.id, number=1, starts_on=at.date(), ends_on=at.date(), language="en")
        made = compose(session, report, by=by, at=at)
        session.rollback()
    return made.content


def _lead(session: Session, stock: Stock) -> Actor:
    user = session.scalars(select(User).where(User.email == stock.email)).one()
    return Actor(user.id, user.name, user.email, frozenset({Role.PMO}))


def _long(content: dict[str, Any]) -> dict[str, Any]:
    """The content with as many changes as twenty pages hold; the same rows again and again are no shorter work."""
    fields = [{"label": "State", "before": "In progress", "after": "Validated by the functional lead"}]
    rows = [*content["changes"]["rows"]]
    while True:
        rows += [
            {"kind": "Story", "title": f"{number} · Send the quote without paper", "path": None, "on": "11/23/26",
             "iso": "2026-11-23", "what": "", "fields": fields * 2}
            for number in range(ROWS_ON_A_PAGE * 5)
        ]  # fmt: skip
        made = {**content, "changes": {**content["changes"], "rows": rows}}
        if len(PdfReader(BytesIO(MAKERS["pdf"](made))).pages) >= PAGES:
            return made
