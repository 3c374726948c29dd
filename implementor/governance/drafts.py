"""What a record of governance says whatever its kind, and how each kind says it, to turn one into another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from implementor.foundation.words import Phrase, say
from implementor.governance.models import ActionItem, ChangeRequest, Decision, Obstacle, Risk

MEDIUM = 3
SEVERITIES = ("low", "low", "medium", "high", "critical")
"""By impact, from 1 to 5."""


@dataclass(frozen=True)
class Draft:
    """What is carried over from one kind into another."""

    title: str
    text: str = ""
    owner_id: int | None = None
    due_on: date | None = None
    impact: int = MEDIUM
    amount: int | None = None
    currency: str | None = None


Reads = Callable[[Any], Draft]
Writes = Callable[[Draft], Mapping[str, Any]]


def _of_risk(risk: Risk) -> Draft:
    text = _joined(risk.description, (say("Measures"), risk.response_plan), (say("Trigger"), risk.trigger))
    money = (risk.exposure_amount, risk.exposure_currency)
    return Draft(risk.title, text, risk.owner_id, risk.review_on, risk.impact, *money)


def _of_obstacle(one: Obstacle) -> Draft:
    text = _joined(one.description, (say("Technical cause"), one.technical_cause))
    return Draft(one.title, text, one.owner_id, impact=SEVERITIES.index(one.severity) + 1)


def _of_decision(one: Decision) -> Draft:
    text = _joined(one.background, (say("Options"), one.options), (say("Outcome"), one.outcome))
    return Draft(one.question, text, one.owner_id, one.due_on)


def _of_action(item: ActionItem) -> Draft:
    return Draft(item.title, _joined(item.description, (say("Result"), item.result)), item.owner_id, item.due_on)


def _of_change(one: ChangeRequest) -> Draft:
    text = _joined(one.description, (say("Why"), one.why), (say("Other effects"), one.effects))
    return Draft(one.title, text, one.owner_id, one.due_on, amount=one.amount, currency=one.currency)


def _as_risk(draft: Draft) -> dict[str, Any]:
    return {
        "title": draft.title, "description": draft.text, "owner_id": draft.owner_id, "category": "other",
        "probability": MEDIUM, "impact": draft.impact, "review_on": draft.due_on, "exposure_amount": draft.amount,
        "exposure_currency": draft.currency,
    }  # fmt: skip


def _as_obstacle(draft: Draft) -> dict[str, Any]:
    severity = SEVERITIES[draft.impact - 1]
    return {
        "title": draft.title, "description": draft.text, "owner_id": draft.owner_id, "kind": "process",
        "severity": severity,
    }  # fmt: skip


def _as_decision(draft: Draft) -> dict[str, Any]:
    return {
        "question": draft.title, "background": draft.text, "owner_id": draft.owner_id, "due_on": draft.due_on,
    }  # fmt: skip


def _as_action(draft: Draft) -> dict[str, Any]:
    return {
        "title": draft.title, "description": draft.text, "owner_id": draft.owner_id, "due_on": draft.due_on,
    }  # fmt: skip


def _as_change(draft: Draft) -> dict[str, Any]:
    return {
        "title": draft.title, "description": draft.text, "owner_id": draft.owner_id, "due_on": draft.due_on,
        "subject": "scope", "amount": draft.amount, "currency": draft.currency,
    }  # fmt: skip


reads: Mapping[str, Reads] = {
    "risk": _of_risk,
    "obstacle": _of_obstacle,
    "decision": _of_decision,
    "action_item": _of_action,
    "change_request": _of_change,
}
writes: Mapping[str, Writes] = {
    "risk": _as_risk,
    "obstacle": _as_obstacle,
    "decision": _as_decision,
    "action_item": _as_action,
    "change_request": _as_change,
}


def _joined(text: str, *more: tuple[Phrase, str | None]) -> str:
    """The text, and below it what the other kind has no field for, each under its name."""
    return "\n\n".join(part for part in (text, *(f"**{label}**: {said}" for label, said in more if said)) if part)
