"""A project that waits for another one of its programme, and a pack that tells of one project; see `world`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from implementor.foundation.permissions import SYSTEM
from implementor.portfolio.models import ConsolidatedFile, ConsolidatedPack, PackLink, PackProject
from implementor.portfolio.pack_words import pack_headings
from implementor.projects.dependencies import add_dependency
from implementor.projects.models import Project
from tests.auth.builders import working
from tests.projects.builders import NOW, add_project


def add_waiting(app: Flask, ids: dict[str, Any], supplier_id: int, places: Iterable[Any]) -> None:
    """Nobody has a role in the project that waits; every place knows the dependency, which is of none."""
    with working(app) as session:
        programme = select(Project.programme_id).where(Project.id == supplier_id)
        programme_id = session.scalars(programme).one()
    receiver_id = add_project(app, "DEP", programme_id=programme_id, programme_name="")
    with working(app) as session:
        values = {"what": "Waited for", "supplier_id": supplier_id, "receiver_id": receiver_id}
        made = add_dependency(session, {**values, "needed_on": date(2030, 1, 15)}, by=SYSTEM, at=NOW)
        ids |= {"dependency": made.id, "supplier": supplier_id, "receiver": receiver_id}
        for place in places:
            place.ids["project_dependency"] = made.id


def add_pack(app: Flask, ids: dict[str, Any], project_id: int) -> None:
    """A pack of one project with its money, with a file and a link."""
    at, words = datetime.now(UTC), dict.fromkeys(pack_headings(), "Word")
    colour = {"key": "green", "word": "On track", "tone": "ok"}
    verdict = {"colour": colour, "about": "time", "label": "Time", "sentence": "Good", "provenance": "Figures"}
    head = {"project": "Portfolio", "programme": "", "period": "Now", "issued_on": "Now", "issued_by": "PMO",
            "iso": at.isoformat(), "title": "Consolidated pack"}  # fmt: skip
    content = {"shape": 1, "language": "en", "words": words, "head": head, "verdict": verdict, "counts": [],
               "by_dimension": [], "projects": [], "money": None, "risks": {"open": 0, "more": "", "rows": []},
               "milestones": [], "decisions": [], "comment": ""}  # fmt: skip
    with working(app) as session:
        pack = ConsolidatedPack(language="en", issued_at=at, content=content)
        session.add(pack)
        session.flush()
        link = PackLink(pack_id=pack.id, token_hash="0", label="Board", expires_at=at + timedelta(days=9))
        file = ConsolidatedFile(pack_id=pack.id, format="pdf", data=b"x", size=1, sha256="0" * 64, made_at=at)
        session.add_all([link, file, PackProject(pack_id=pack.id, project_id=project_id, shows_money=True)])
        session.flush()
        ids |= {"pack": pack.id, "pack_link": link.id}
