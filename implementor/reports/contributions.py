"""What kept reports add to the shared pages: their list and records, their place, undo, mentions and the first page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, url_for
from sqlalchemy.orm import Session

from implementor.foundation.mentions import mentions_of
from implementor.foundation.panels import Place, panel
from implementor.foundation.records import RecordKind, record_kind
from implementor.foundation.words import say
from implementor.history.restoring import Restorer, undoable
from implementor.lists.sheets import Sheet, sheet
from implementor.reports import permissions, queries, services
from implementor.reports.catalogue import REPORT
from implementor.reports.mentions import reports_naming
from implementor.reports.models import SavedReport
from implementor.web.navigation import NavItem, directory

ON_FIRST_PAGE = 8


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    mentions_of("reports", reports_naming)
    sheet(
        Sheet(
            entity=REPORT,
            base=queries.reports_in_use,
            record=queries.report_seen,
            record_url=lambda row: url_for("reports.show", report_id=row.id),
            index_url=lambda: url_for("reports.index"),
            may_view=permissions.VIEW,
            may_edit=permissions.EDIT,
            change=lambda _session, _report, _values, _by, _at: None,
            may_change=lambda scope: queries.is_changed_by(scope.actor, of_all=scope.actor.may(permissions.SHARE)),
        )
    )
    record_kind(RecordKind(REPORT.kind, REPORT.label, SavedReport, queries.titles_of_reports, _address))
    undoable[REPORT.kind] = Restorer(SavedReport, services.put_back, permissions.EDIT, asks_to_put_away=True)
    panel("home", 60, "reports/_pinned.html", load_pinned)
    directory(app).items.append(NavItem("crm", say("Reports"), "reports.index", permissions.VIEW, order=88))


def load_pinned(session: Session, place: Place) -> Mapping[str, Any] | None:
    """The reports that somebody wants on their first page."""
    if not place.actor.may(permissions.VIEW):
        return None
    found = session.scalars(queries.reports_pinned(place.actor, limit=ON_FIRST_PAGE)).all()
    return {"reports": found} if found else None


def _address(row: Any) -> tuple[str, dict[str, Any]]:
    return "reports.show", {"report_id": row.id}
