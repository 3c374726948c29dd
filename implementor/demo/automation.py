"""What the CRM of the demo does by itself: two texts, and two rules that show what rules are for."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from implementor.automation.services.rules import RuleWish, add_rule
from implementor.automation.services.templates import TemplateWish, add_template
from implementor.automation.words import CHANGED, CREATED, MAIL, SET, TO_CONTACT
from implementor.demo.play import Play
from implementor.foundation.conditions import Comparison, Condition
from implementor.foundation.permissions import Actor

ANSWER = TemplateWish(
    "First answer to a lead", "Primera respuesta a un lead",
    subject_en="Your question to us", subject_es="Su consulta",
    body_en="Dear {{ name }},\n\nthank you for asking us. {{ owner }} will call you tomorrow.",
    body_es="Hola, {{ name }}:\n\nGracias por escribirnos. {{ owner }} le llamará mañana.",
)  # fmt: skip
SOLVED = TemplateWish(
    "Your case is solved", "Su caso está resuelto",
    subject_en="{{ number }}: solved", subject_es="{{ number }}: resuelto",
    body_en="Dear {{ contact }},\n\nyour case “{{ subject }}” is solved. Tell us if it is not.",
    body_es="Hola, {{ contact }}:\n\nSu caso «{{ subject }}» está resuelto. Díganos si no es así.",
)  # fmt: skip


def plan_automation(play: Play, *, sorted_days_ago: float, told_days_ago: float) -> None:
    """Plan the rule that sorts leads, and later the texts and the rule that tells customers."""
    play.plan(sorted_days_ago, "data", _sort_leads)
    play.plan(told_days_ago, "data", _tell_customers)


def _sort_leads(session: Session, by: Actor, at: datetime) -> None:
    asked_us = Condition("source", Comparison.EQUALS, ("web",))
    someday = Condition("urgency", Comparison.EQUALS, ("later",))
    step = {"do": SET, "field": "urgency", "value": "year"}
    names = ("Who asks on the web wants it within a year", "Quien pregunta en la web lo quiere en un año")
    add_rule(session, "lead", RuleWish(*names, CREATED, (step,), conditions=(asked_us, someday)), by=by, at=at)


def _tell_customers(session: Session, by: Actor, at: datetime) -> None:
    add_template(session, "lead", ANSWER, by=by, at=at)
    told = add_template(session, "case", SOLVED, by=by, at=at)
    step = {"do": MAIL, "template": told.uid, "to": TO_CONTACT}
    is_solved = Condition("status", Comparison.EQUALS, ("resolved",))
    names = ("Tell the customer that the case is solved", "Avisar al cliente de que el caso está resuelto")
    wish = RuleWish(*names, CHANGED, (step,), field="status", conditions=(is_solved,))
    add_rule(session, "case", wish, by=by, at=at)
