"""Dependencies between projects as the shared pages know them: list, record, search, and how each stands today."""

from __future__ import annotations

from typing import Any

from flask import url_for
from sqlalchemy import Date, bindparam, case, or_

from implementor.foundation.fields import Choice, Field, Kind
from implementor.foundation.records import RecordKind, record_kind
from implementor.foundation.searchable import Document, Searchable, searchable
from implementor.foundation.words import say
from implementor.lists.sheets import Sheet, sheet
from implementor.projects import dependencies as services
from implementor.projects.dependency_catalogue import PROJECT_DEPENDENCY, columns
from implementor.projects.dependency_queries import dependency_of_id, titles_of_dependencies, waiting_in_use
from implementor.projects.models import ProjectDependency
from implementor.projects.permissions import LINK
from implementor.web.unit_of_work import today

DELIVERED, LATE, IN_TIME, OPEN = "delivered", "late", "in_time", "open"
STATES = (
    Choice(LATE, say("late"), "off"),
    Choice(OPEN, say("not promised yet"), "risk"),
    Choice(IN_TIME, say("in time"), "accepted"),
    Choice(DELIVERED, say("delivered"), "ok"),
)


def declare_state() -> None:
    """How one stands on the day that it is where the reader is, as `ProjectDependency.is_late` says."""
    if "state" in PROJECT_DEPENDENCY.fields:
        return
    day = bindparam("day_of_dependencies", callable_=today, type_=Date)
    is_late = or_(columns.needed_on < day, columns.promised_on > columns.needed_on)
    state = case(
        (columns.delivered_on.is_not(None), DELIVERED), (is_late, LATE),
        (columns.promised_on.is_not(None), IN_TIME), else_=OPEN,
    )  # fmt: skip
    PROJECT_DEPENDENCY.extend(
        Field(
            "state", Kind.CHOICE, say("State"), state, choices=STATES, editable=False, filterable=True, nullable=False
        )
    )


def contribute_dependencies() -> None:
    """Their list and record; called once, from contributions."""
    declare_state()
    sheet(
        Sheet(
            entity=PROJECT_DEPENDENCY,
            base=lambda _scope: waiting_in_use(),
            record=lambda _scope, record_id: dependency_of_id(record_id),
            record_url=lambda row: url_for("portfolio.dependency", dependency_id=row.id),
            index_url=lambda: url_for("portfolio.dependencies"),
            may_view=LINK,
            may_edit=LINK,
            change=lambda of, one, values, by, at: services.change_dependency(of, one, values, by=by, at=at),
            create=lambda of, _scope, values, by, at: services.add_dependency(of, values, by=by, at=at),
            new_label=say("New dependency"),
        )
    )
    kind, model = PROJECT_DEPENDENCY.kind, ProjectDependency
    record_kind(RecordKind(kind, PROJECT_DEPENDENCY.label, model, titles_of_dependencies, _address))
    searchable(Searchable(kind, _document, frozenset({"what", "archived_at"}), may_find=LINK))


def _address(row: Any) -> tuple[str, dict[str, Any]]:
    return "portfolio.dependency", {"dependency_id": row.id}


def _document(dependency: ProjectDependency, _project_key: str | None) -> Document:
    return Document(title=dependency.what)
