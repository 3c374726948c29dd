"""The kinds of records of governance beside obstacles, as the shared pages know them: lists, forms, history, undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import url_for

from implementor.foundation.fields import Entity
from implementor.foundation.permissions import SIGNED_IN, Permission
from implementor.foundation.records import RecordKind, record_kind
from implementor.foundation.words import Phrase, say
from implementor.governance import permissions
from implementor.governance.catalogue import ACTION_ITEM, CHANGE_REQUEST, DECISION, OBSTACLE, RISK
from implementor.governance.chase_news import NEWS as CHASE
from implementor.governance.escalation_news import NEWS as ESCALATION
from implementor.governance.matrix_targets import MatrixTarget, matrix_target
from implementor.governance.models import (
    ActionItem,
    ChangeRequest,
    Decision,
    DecisionVote,
    MatrixItem,
    MatrixMark,
    Obstacle,
    ObstacleClock,
    RecordLink,
    Risk,
    RoleDelegation,
    RoleTerm,
    SilenceLimit,
)
from implementor.governance.queries.records import in_scope, in_use, titles_of
from implementor.governance.queries.silence import open_rows_of
from implementor.governance.services import actions, changes, decisions, risks, votes
from implementor.governance.services.roles import refuse_return
from implementor.governance.silence import SilentKind, silent_kind
from implementor.governance.silence_news import NEWS
from implementor.history.restoring import Restorer, undoable, undone_elsewhere
from implementor.lists.sheets import Change, Create, Sheet, sheet
from implementor.notifications.news import NewsKind, news_kind
from implementor.projects.permissions import PEOPLE

ASKING_FOR_CHANGE = (permissions.CHANGE_VIEW, permissions.CHANGE_ASK)


def declare() -> None:
    """Make the kinds known to lists, records and history; doing it twice changes nothing."""
    _declare(
        RISK, "governance.risk", (permissions.RISK_VIEW, permissions.RISK_EDIT), say("New risk"),
        create=lambda of, scope, values, by, at: risks.write_risk(
            of, project_id=scope.project_id or 0, values=values, by=by, at=at
        ),
        change=lambda of, risk, values, by, at: risks.edit_risk(of, risk, values, by=by, at=at),
        may_change=lambda _scope: Risk.closed_at.is_(None),
        why_not=lambda risk: say("%(title)s is closed. Open it again to change it.", title=risk.title),
    )  # fmt: skip
    _declare(
        DECISION, "governance.decision", (permissions.DECISION_VIEW, permissions.DECISION_ASK), say("New question"),
        create=lambda of, scope, values, by, at: decisions.ask_decision(
            of, project_id=scope.project_id or 0, values=values, by=by, at=at
        ),
        change=lambda of, decision, values, by, at: decisions.edit_decision(of, decision, values, by=by, at=at),
        may_change=lambda _scope: Decision.decided_at.is_(None),
        why_not=lambda one: say("%(question)s is decided. Another decision can reverse it.", question=one.question),
    )  # fmt: skip
    _declare(
        ACTION_ITEM, "governance.action", (permissions.ACTION_VIEW, permissions.ACTION_EDIT), say("New action item"),
        create=lambda of, scope, values, by, at: actions.write_action(
            of, project_id=scope.project_id or 0, values=values, by=by, at=at
        ),
        change=lambda of, item, values, by, at: actions.edit_action(of, item, values, by=by, at=at),
        may_change=lambda _scope: ActionItem.done_at.is_(None),
        why_not=lambda item: say("%(title)s is done. Take it up again to change it.", title=item.title),
    )  # fmt: skip
    _declare(
        CHANGE_REQUEST, "governance.change", ASKING_FOR_CHANGE, say("New request for change"),
        create=lambda of, scope, values, by, at: changes.ask_change(
            of, project_id=scope.project_id or 0, values=values, by=by, at=at
        ),
        change=lambda of, change, values, by, at: changes.edit_change(of, change, values, by=by, at=at),
        may_change=lambda _scope: ChangeRequest.answer.is_(None) | (ChangeRequest.answer == "postponed"),
        why_not=lambda one: say("%(title)s is decided. Another decision can reverse that.", title=one.title),
    )  # fmt: skip
    _take_back()
    _listen()


def _take_back() -> None:
    """How each change of them is undone."""
    undoable["risk"] = Restorer(Risk, risks.restore_risk, permissions.RISK_EDIT)
    undoable["decision"] = Restorer(
        Decision, decisions.restore_decision, permissions.DECISION_ASK, asks_to_put_away=True
    )
    undone_elsewhere["decision.vote"] = say("A vote is changed on the page of its question, by who gave it.")
    undoable["decision_vote"] = Restorer(DecisionVote, votes.restore_vote, permissions.DECISION_VOTE)
    undoable["action_item"] = Restorer(ActionItem, None, permissions.ACTION_EDIT)
    undoable["change_request"] = Restorer(
        ChangeRequest, changes.restore_change, permissions.CHANGE_ASK, asks_to_put_away=True
    )
    undoable["record_link"] = Restorer(RecordLink)
    undoable["role_term"] = Restorer(RoleTerm, None, PEOPLE)
    undoable["role_delegation"] = Restorer(RoleDelegation, refuse_return)
    undoable["matrix_item"] = Restorer(MatrixItem, None, permissions.MATRIX_EDIT)
    undoable["matrix_mark"] = Restorer(MatrixMark, None, permissions.MATRIX_EDIT)
    undoable["silence_limit"] = Restorer(SilenceLimit, None, permissions.SILENCE_SET)
    undoable["obstacle_clock"] = Restorer(ObstacleClock, None, permissions.OBSTACLE_CLOCKS)


def _listen() -> None:
    """What should move, with the days after which somebody hears that it does not."""
    listened = (
        (RISK, 30, "risk", "risks", permissions.RISK_VIEW, Risk.closed_at.is_(None)),
        (OBSTACLE, 7, "obstacle", "obstacles", permissions.OBSTACLE_VIEW, Obstacle.resolved_at.is_(None)),
        (DECISION, 10, "decision", "decisions", permissions.DECISION_VIEW, Decision.decided_at.is_(None)),
        (ACTION_ITEM, 14, "action", "actions", permissions.ACTION_VIEW, ActionItem.done_at.is_(None)),
        (CHANGE_REQUEST, 10, "change", "changes", permissions.CHANGE_VIEW, ChangeRequest.answer.is_(None)),
    )
    for entity, days, endpoint, path, may_view, is_open in listened:
        rows = open_rows_of(entity.model, entity.fields[entity.title_field].column, is_open)
        silent_kind(SilentKind(entity, days, rows, f"governance.{endpoint}", path, may_view))
    news_kind(
        NewsKind(ESCALATION, say("An obstacle is passed on to me"), SIGNED_IN, by_mail=True, order=29)
    )  # fmt: skip
    news_kind(NewsKind(CHASE, say("Somebody reminds me of what waits for me"), SIGNED_IN, by_mail=True, order=28))
    news_kind(NewsKind(NEWS, say("Something of mine has not moved for long"), SIGNED_IN, by_mail=True, order=30))


def _declare(
    entity: Entity, endpoint: str, may: tuple[Permission, Permission], new_label: Phrase, *, create: Create,
    change: Change, may_change: Callable[[Any], Any], why_not: Callable[[Any], Phrase],
) -> None:  # fmt: skip
    """One kind: its pages are at `endpoint` and, in the plural, `endpoint` with an s."""
    title = entity.fields[entity.title_field].column
    sheet(
        Sheet(
            entity=entity, base=in_use(entity.model), record=in_scope(entity.model),
            record_url=lambda row: url_for(endpoint, number=row.link_number),
            index_url=lambda: url_for(f"{endpoint}s"), may_view=may[0], may_edit=may[1], change=change, create=create,
            link_columns=("number",), new_label=new_label, may_change=may_change, why_not=why_not,
        )
    )  # fmt: skip
    record_kind(RecordKind(entity.kind, entity.label, entity.model, titles_of(entity.model, title), _address(endpoint)))


def _address(endpoint: str) -> Callable[[Any], tuple[str, dict[str, Any]]]:
    return lambda row: (endpoint, {"project_key": row.project_key, "number": row.number})


def let_matrix_rows_point() -> None:
    """Rows of the matrix may point at decisions."""
    matrix_target(
        MatrixTarget("decision", "decision", say("Decisions"), Decision, lambda one: str(one.question),
                     lambda one: ("governance.decision", {"number": one.number}))
    )  # fmt: skip
