"""Templates and rules of when and then in the walks: what addresses name and what is sent; see `cells`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import Flask

from implementor.automation.services.rules import RULES, RuleWish, add_rule
from implementor.automation.services.templates import TemplateWish, add_template, withdraw_template
from implementor.foundation.conditions import Comparison, Condition
from implementor.foundation.permissions import SYSTEM
from tests.auth.builders import working

Sent = Callable[..., dict[str, Any]]
CALL = {"do": "follow_up", "text": "Call", "days": 1}
TEXTS = {"subject_en": "Hello", "subject_es": "Hola", "body_en": "Hello {{ name }}", "body_es": "Hola {{ name }}"}
RULE = {
    "label_en": "Written", "label_es": "Escrito", "event": "created", "do_1": "follow_up", "text_1": "Call",
    "in_days_1": "1", **{f"test_{row}": "equals" for row in range(1, 5)},
}  # fmt: skip
NEVER = Condition("score", Comparison.AT_LEAST, ("999999",))
OF_RULES = ("edit_rule", "change_rule", "move_rule", "withdraw_rule", "start_rule", "show_runs", "try_rule")


def _new(_r: Any, _w: Any) -> dict[str, Any]:
    return {"purpose": "email", "record_kind": "lead"}


ARGUMENTS: dict[str, Sent] = {
    "purpose": lambda r, w: {"purpose": "email"},
    "template_id": lambda r, w: {"template_id": w.ids["template"]},
}
EXCEPTIONS: dict[str, Sent] = {
    "automation.new_template": _new,
    "automation.add_template": _new,
    "automation.new_rule": lambda r, w: {"record_kind": "lead"},
    "automation.add_rule": lambda r, w: {"record_kind": "lead"},
    **dict.fromkeys([f"automation.{name}" for name in OF_RULES], lambda r, w: {"rule_id": w.ids["automation"]}),
    "automation.start_rule": lambda r, w: {"rule_id": w.ids["stopped_automation"]},
    "automation.restore_rule": lambda r, w: {"rule_id": w.ids["spare_automation"]},
    "automation.restore_template": lambda r, w: {"template_id": w.ids["spare_template"]},
}
BODIES: dict[str, Sent] = {
    **dict.fromkeys(
        ("automation.add_template", "automation.change_template"),
        lambda p, r, w: {"label_en": "Written", "label_es": "Escrito", "consent": "", **TEXTS},
    ),
    **dict.fromkeys(("automation.add_rule", "automation.change_rule"), lambda p, r, w: RULE),
    "automation.move_rule": lambda p, r, w: {"step": "up"},
}


def add_automation(app: Flask, ids: dict[str, int]) -> None:
    """Fill in the ids of two templates and three rules: of each, the spare one is withdrawn, and one is stopped."""
    at = datetime.now(UTC)
    by_at: dict[str, Any] = {"by": SYSTEM, "at": at}
    with working(app) as session:
        for name in ("template", "spare_template"):
            made = add_template(session, "lead", TemplateWish(name, name, **TEXTS), **by_at)
            ids[name] = made.id
        withdraw_template(session, made, **by_at)
        words = TemplateWish("Offer", "Oferta", purpose="proposal", body_en="Hello {{ number }}", body_es="Hola")
        ids["proposal"] = add_template(session, "quote", words, **by_at).uid  # type: ignore[assignment]
        for name in ("automation", "stopped_automation", "spare_automation"):
            rule = add_rule(session, "lead", RuleWish(name, name, "created", (CALL,), conditions=(NEVER,)), **by_at)
            ids[name] = rule.id
            if name == "stopped_automation":
                rule.stopped_at = at
        RULES.withdraw(session, rule, **by_at)
