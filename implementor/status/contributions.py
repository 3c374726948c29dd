"""What status adds to the shared pages: the side bar, a panel on the project's page, and what cannot be undone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from implementor.foundation.local_days import local_day
from implementor.foundation.panels import Place, panel
from implementor.foundation.words import say
from implementor.history.restoring import undone_elsewhere
from implementor.status import permissions
from implementor.status import report_queries as queries
from implementor.status.composing import overrides_of_projects
from implementor.status.figures import health_of_projects
from implementor.status.health import colour_choice
from implementor.web.navigation import NavItem, Shortcut, directory


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    board = directory(app)
    board.items.append(
        NavItem("project", say("Status reports"), "status.reports", permissions.VIEW, in_project=True, order=15)
    )
    board.shortcuts.append(Shortcut("g u", say("Go to the status reports"), "status.reports", in_project=True))
    undone_elsewhere["colour.limits"] = say("Other limits are set on their page; those that were used stay known.")
    panel("project.overview", 5, "status/_overview.html", load_overview)
    for verb in ("report.issue", "report.share", "report.revoke"):
        undone_elsewhere[verb] = say("An issued report is withdrawn by a newer edition; a link is revoked on its page.")


def load_overview(session: Session, place: Place) -> Mapping[str, Any] | None:
    """The six colours now, and the last report."""
    if not place.actor.may(permissions.VIEW):
        return None
    on, project_id = local_day(place.at), place.project.id
    return {
        "health": health_of_projects(session, [project_id], on=on)[project_id],
        "by_hand": overrides_of_projects(session, [project_id], on=on)[project_id],
        "colour_of": colour_choice,
        "last": session.scalars(queries.issued_before(project_id=project_id).limit(1)).one_or_none(),
    }
