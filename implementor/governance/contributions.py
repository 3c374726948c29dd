"""What governance adds to the shared pages: lists and records of its kinds, panels, what can be taken back, places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, url_for
from sqlalchemy.orm import Session

from implementor.duplicates.references import pointer
from implementor.foundation.panels import Place, panel
from implementor.foundation.records import RecordKind, record_kind
from implementor.foundation.words import say
from implementor.governance import kinds, permissions, queries, services
from implementor.governance.action_importing import import_actions
from implementor.governance.catalogue import OBSTACLE, SEVERITIES
from implementor.governance.climbing import watch_obstacles
from implementor.governance.held_alone import held_alone
from implementor.governance.models import Obstacle
from implementor.governance.risk_importing import import_risks
from implementor.governance.services.succession import declare_holdings
from implementor.governance.standing_in import let_stand_in
from implementor.governance.watching import LOOK_EVERY, watch_silence
from implementor.history.restoring import Restorer, undoable
from implementor.jobs.worker import chore
from implementor.lists.sheets import Sheet, sheet
from implementor.web.navigation import NavItem, Shortcut, directory

OPEN = "none"
"""What a filter on `resolved_at` says of obstacles that nobody resolved."""


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    sheet(
        Sheet(
            entity=OBSTACLE,
            base=queries.obstacles_in_use,
            record=queries.obstacle_in_scope,
            record_url=lambda row: url_for("governance.obstacle", number=row.link_number),
            index_url=lambda: url_for("governance.obstacles"),
            may_view=permissions.OBSTACLE_VIEW,
            may_edit=permissions.OBSTACLE_RAISE,
            change=lambda of, obstacle, values, by, at: services.edit_obstacle(of, obstacle, values, by=by, at=at),
            create=lambda of, scope, values, by, at: services.raise_obstacle(
                of, project_id=scope.project_id or 0, values=values, by=by, at=at
            ),
            link_columns=("number",),
            new_label=say("New obstacle"),
        )
    )
    undoable["obstacle"] = Restorer(Obstacle)
    record_kind(RecordKind("obstacle", OBSTACLE.label, Obstacle, queries.titles_of_obstacles, address_of_obstacle))
    panel("project.overview", 40, "governance/_overview.html", load_overview)
    panel("home", 40, "governance/_mine.html", load_mine)
    kinds.declare()
    kinds.let_matrix_rows_point()
    declare_holdings()
    import_risks()
    import_actions()
    let_stand_in(app)
    panel("auth.person", 40, "governance/_successor.html", load_only_held)
    for id_column in ("record_id", "other_id"):
        pointer("record_link", id_column.replace("_id", "_kind"), id_column, moves=False)
    pointer("matrix_item", "target_kind", "target_id", moves=False)
    pointer("silence_notice", "record_kind", "record_id", moves=False)
    chore("governance.silence", every=LOOK_EVERY)(watch_silence)
    chore("governance.obstacles", every=LOOK_EVERY)(watch_obstacles)
    put_up_places(app)


def put_up_places(app: Flask) -> None:
    """The entries of the side bar and the keys that lead there."""
    board = directory(app)
    before, after = ("start", "project", "change"), dict(board.sections)
    first = {key: after.pop(key) for key in before if key in after}
    board.sections = {**first, "governance": say("Governance"), **after}
    places = (
        (say("Roles"), "governance.roles", permissions.ROLES_VIEW),
        (say("Assignment matrix"), "governance.matrix", permissions.MATRIX_VIEW),
        (say("Risks"), "governance.risks", permissions.RISK_VIEW),
        (say("Obstacles"), "governance.obstacles", permissions.OBSTACLE_VIEW),
        (say("Decisions"), "governance.decisions", permissions.DECISION_VIEW),
        (say("Action items"), "governance.actions", permissions.ACTION_VIEW),
        (say("Requests for change"), "governance.changes", permissions.CHANGE_VIEW),
        (say("Chase list"), "governance.chase", permissions.CHASE_VIEW),
        (say("Silent signals"), "governance.silent", permissions.SILENCE_VIEW),
    )
    for order, (label, endpoint, needed) in enumerate(places):
        board.items.append(NavItem("governance", label, endpoint, needed, in_project=True, order=10 + 10 * order))
    board.shortcuts += [
        Shortcut("g o", say("Go to the obstacles"), "governance.obstacles", in_project=True),
        Shortcut("g r", say("Go to the risks"), "governance.risks", in_project=True),
        Shortcut("g d", say("Go to the decisions"), "governance.decisions", in_project=True),
    ]


def address_of_obstacle(row: Any) -> tuple[str, dict[str, Any]]:
    """View name and values of an obstacle's page."""
    return "governance.obstacle", {"project_key": row.project_key, "number": row.number}


def load_overview(session: Session, place: Place) -> Mapping[str, Any] | None:
    """Open obstacles of the project by severity, the worst first."""
    found = session.execute(queries.open_obstacles_by_severity(project_id=place.project.id))
    counts = {row.severity: row.count for row in found}
    worst_first = [(choice, counts[choice.key]) for choice in reversed(SEVERITIES) if choice.key in counts]
    return {"counts": worst_first, "open": OPEN}


def load_mine(session: Session, place: Place) -> Mapping[str, Any] | None:
    """Open obstacles that the reader owns."""
    rows = session.execute(queries.open_obstacles_of_person(place.actor)).all()
    return {"rows": rows, "severity": OBSTACLE.fields["severity"]} if rows else None


def load_only_held(session: Session, place: Place) -> Mapping[str, Any] | None:
    """On a person's page: what nobody else holds."""
    roles = list(dict.fromkeys(held.label for _holding, held in held_alone(session, place.record.id)))
    return {"roles": roles, "user_id": place.record.id} if roles else None
