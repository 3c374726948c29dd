"""Templates and rules as an administrator of the CRM writes them, their runs, and the jobs that they leave."""

from typing import Any

from sqlalchemy import select

from implementor.automation.models import AutomationRule, AutomationRun
from implementor.automation.services import rules, templates
from implementor.automation.services.rules import RuleWish
from implementor.automation.services.templates import TemplateWish
from implementor.crm.automation.running import TASK
from implementor.foundation.words import phrase_from_json
from implementor.jobs.models import WAITING, Job
from implementor.jobs.running import run_inline
from implementor.notifications.models import OutboxMessage
from tests.auth.builders import reading
from tests.crm.builders import Company
from tests.crm.shapes.builders import shaping

TEXTS = {
    "subject_en": "Welcome {{ name }}", "subject_es": "Le damos la bienvenida, {{ name }}",
    "body_en": "Dear {{ name }},\n\nwe answer soon.", "body_es": "Estimada {{ name }}:\n\nle contestamos pronto.",
}  # fmt: skip


def template(here: Company, kind: str = "lead", name: str = "Welcome", **more: Any) -> str:
    """A template of a mail; its uid."""
    with shaping(here) as (session, by_at):
        wish = TemplateWish(name, f"{name} (es)", **{**TEXTS, **more})
        return templates.add_template(session, kind, wish, **by_at).uid


def rule(here: Company, kind: str, name: str, *steps: Any, event: str = "created", **more: Any) -> int:
    """A rule; its id."""
    with shaping(here) as (session, by_at):
        wish = RuleWish(name, f"{name} (es)", event, steps, **more)
        return rules.add_rule(session, kind, wish, **by_at).id


def sets(field: str, value: str) -> dict[str, str]:
    """The step that sets a field."""
    return {"do": "set", "field": field, "value": value}


def runs(here: Company) -> list[tuple[str, str]]:
    """(state, reason) of every run, in their order."""
    with reading(here.app) as session:
        found = session.scalars(select(AutomationRun).order_by(AutomationRun.id))
        return [(one.state, str(phrase_from_json(one.reason)) if one.reason else "") for one in found]


def work(here: Company) -> int:
    """Do the jobs that rules left; how many there were."""
    with reading(here.app) as session:
        waiting = session.scalars(select(Job.id).where(Job.kind == TASK, Job.state == WAITING)).all()
    for job_id in waiting:
        assert run_inline(here.app, job_id).state == "done"
    return len(waiting)


def mails(here: Company) -> list[OutboxMessage]:
    """What waits in the outbox."""
    with reading(here.app) as session:
        return list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def stopped(here: Company, rule_id: int) -> tuple[bool, int]:
    """Whether a rule is stopped, and how often it broke."""
    with reading(here.app) as session:
        found = session.get_one(AutomationRule, rule_id)
        return found.stopped_at is not None, found.failures
