"""The rules of when and then: list, form, order, withdrawn, restored, and started again after they broke."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, redirect, url_for
from flask.typing import ResponseReturnValue

from implementor.auth.queries import people_to_choose
from implementor.automation import queries
from implementor.automation.forms import RuleForm
from implementor.automation.models import AutomationRule
from implementor.automation.services import rules as services
from implementor.automation.services.rules import RuleWish, day_fields, heard_fields
from implementor.automation.step_rows import ROWS, StepRows, shown_rows
from implementor.automation.telling import told_step, told_when
from implementor.automation.views.blueprint import blueprint
from implementor.automation.views.found import asking, changes_of, one_or_404, plainly, step
from implementor.automation.words import E_MAIL
from implementor.configuration.permissions import CONFIGURE
from implementor.configuration.services.kinds import shapeable
from implementor.foundation.access import governed
from implementor.foundation.conditions import Condition, conditions_from
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Entity, entities
from implementor.foundation.words import Phrase, say
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/settings/automation")
@allow(CONFIGURE)
def list_rules() -> Response:
    """Every rule by kind of record, in order, and those that are withdrawn."""
    rules = [one for one in session().scalars(queries.rules()) if one.kind in entities]
    return draw(
        "automation/rules.html",
        rules=[(entities[one.kind], one, told(one)) for one in rules],
        withdrawn=session().scalars(queries.rules(archived=True)).all(),
        offered=sorted((entities[kind] for kind in governed if kind in entities), key=_called),
    )


def _called(entity: Entity) -> str:
    return str(entity.label_plural)


@blueprint.get("/settings/automation/new/<record_kind>")
@allow(CONFIGURE)
def new_rule(record_kind: str) -> Response:
    """The form of a rule that is not there yet."""
    return _page(shapeable(record_kind), None, RuleForm(formdata=None))


@blueprint.post("/settings/automation/new/<record_kind>")
@allow(CONFIGURE)
def add_rule(record_kind: str) -> ResponseReturnValue:
    """Add a rule behind the others."""
    entity, form = shapeable(record_kind), RuleForm()
    try:
        rule = services.add_rule(session(), record_kind, _wish(entity, form), by=actor(), at=now())
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _page(entity, None, form, 422)
    return _told(rule, say("The rule %(name)s holds from now on.", name=rule.label))


@blueprint.get("/settings/automation/<int:rule_id>")
@allow(CONFIGURE)
def edit_rule(rule_id: int) -> Response:
    """One rule and its form."""
    rule = found(rule_id)
    entity, form = shapeable(rule.kind), RuleForm(formdata=None, obj=rule)
    asking(entity).show(form, conditions_from(rule.conditions))
    _rows(entity).show(form, rule)
    return _page(entity, rule, form)


@blueprint.post("/settings/automation/<int:rule_id>")
@allow(CONFIGURE)
def change_rule(rule_id: int) -> ResponseReturnValue:
    """Change a rule."""
    rule, form = found(rule_id), RuleForm()
    entity = shapeable(rule.kind)
    if form.is_newer(rule):
        return _page(entity, rule, form, 422)
    try:
        services.change_rule(
            session(), rule, _wish(entity, form, conditions_from(rule.conditions)), by=actor(), at=now()
        )
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _page(entity, rule, form, 422)
    return _told(rule, say("The rule %(name)s is changed.", name=rule.label))


@blueprint.post("/settings/automation/<int:rule_id>/move")
@allow(CONFIGURE)
def move_rule(rule_id: int) -> ResponseReturnValue:
    """Let a rule come one place earlier or later."""
    services.RULES.move(session(), found(rule_id), step=step(), by=actor(), at=now())
    return redirect(url_for("automation.list_rules"), 303)


@blueprint.post("/settings/automation/<int:rule_id>/withdraw")
@allow(CONFIGURE)
def withdraw_rule(rule_id: int) -> ResponseReturnValue:
    """Let a rule do nothing any more."""
    rule = found(rule_id)
    services.RULES.withdraw(session(), rule, by=actor(), at=now())
    return _told(rule, say("The rule %(name)s is withdrawn.", name=rule.label))


@blueprint.post("/settings/automation/<int:rule_id>/restore")
@allow(CONFIGURE)
def restore_rule(rule_id: int) -> ResponseReturnValue:
    """Let a rule work again."""
    rule = found(rule_id)
    try:
        services.restore_rule(session(), rule, by=actor(), at=now())
    except InvalidInput as invalid:
        raise plainly(invalid) from invalid
    return _told(rule, say("The rule %(name)s holds again.", name=rule.label))


@blueprint.post("/settings/automation/<int:rule_id>/start")
@allow(CONFIGURE)
def start_rule(rule_id: int) -> ResponseReturnValue:
    """Let a rule work again that was stopped because it broke."""
    rule = found(rule_id)
    services.start_rule(session(), rule, by=actor(), at=now())
    return _told(rule, say("The rule %(name)s holds again.", name=rule.label))


def found(rule_id: int) -> AutomationRule:
    """The rule of an address. Raises NotFound."""
    return one_or_404(queries.rule_by_id(rule_id))


def told(rule: AutomationRule) -> dict[str, Any]:
    """A rule in words: when it begins, of which records, and its steps."""
    entity = entities[rule.kind]
    asked, rows = asking(entity), _rows(entity)
    names = {one.uid: one.label for one in rows.templates}
    return {
        "when": told_when(entity, rule.event, rule.field, rule.days),
        "conditions": [asked.told(one) for one in conditions_from(rule.conditions)],
        "steps": [told_step(entity, one, names, rows.typed(one)) for one in rule.steps],
    }


def _rows(entity: Entity) -> StepRows:
    templates = session().scalars(queries.templates_for(entity.kind, E_MAIL)).all()
    people = [(one[0], one[1]) for one in session().execute(people_to_choose())]
    return StepRows(entity, asking(entity), templates, people)


def _wish(entity: Entity, form: Any, held: Sequence[Condition] = ()) -> RuleWish:
    days = (form.days.data or "").strip()
    return RuleWish(
        **form.labels(),
        event=form.event.data or "",
        field=form.field.data or None,
        days=int(days) if days.lstrip("-").isdigit() and len(days) < 5 else None,
        conditions=asking(entity).read(form, held),
        steps=_rows(entity).read(form),
        in_bulk=bool(form.in_bulk.data),
    )


def _told(rule: AutomationRule, sentence: Phrase) -> ResponseReturnValue:
    tell_done(sentence)
    return redirect(url_for("automation.show_runs", rule_id=rule.id), 303)


def _page(entity: Entity, rule: AutomationRule | None, form: Any, status: int = 200) -> Response:
    asking(entity).offer(form)
    conditions_field = heard_fields(entity) | day_fields(entity)
    _rows(entity).offer(form, conditions_field)
    timeline = changes_of(automation_rule=[rule.id]) if rule is not None else None
    return draw(
        "automation/rule.html", status, entity=entity, rule=rule, form=form, timeline=timeline, rows=ROWS,
        asked=shown_rows(form),
    )  # fmt: skip
