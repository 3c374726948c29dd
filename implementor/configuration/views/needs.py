"""The rules for what must be filled in, and those for who gets records: added, changed, withdrawn and restored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, redirect, url_for
from flask.typing import ResponseReturnValue

from implementor.configuration import queries
from implementor.configuration.condition_form import Conditions
from implementor.configuration.kind_forms import NeedForm
from implementor.configuration.models import RequiredRule
from implementor.configuration.permissions import CONFIGURE
from implementor.configuration.services import kinds, needs
from implementor.configuration.services.needs import NEEDS, NeedWish
from implementor.configuration.views.blueprint import blueprint
from implementor.configuration.views.found import among, plainly
from implementor.foundation import live
from implementor.foundation.conditions import Condition, conditions_from
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Entity, Scope
from implementor.foundation.words import Phrase, say
from implementor.web.forms import offered
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

Told = list[tuple[Any, list[Phrase]]]


@blueprint.get("/settings/kinds/<record_kind>/needs/new")
@allow(CONFIGURE)
def new_need(record_kind: str) -> Response:
    """The form of a rule that is not there yet."""
    return _page(kinds.shapeable(record_kind), None, NeedForm(formdata=None))


@blueprint.post("/settings/kinds/<record_kind>/needs")
@allow(CONFIGURE)
def add_need(record_kind: str) -> ResponseReturnValue:
    """Let a field be needed."""
    entity, form = kinds.shapeable(record_kind), NeedForm()
    try:
        rule = needs.add_need(session(), record_kind, _wish(entity, form), by=actor(), at=now())
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _page(entity, None, form, 422)
    return _told(record_kind, say("The rule %(name)s holds from now on.", name=rule.label))


@blueprint.get("/settings/kinds/<record_kind>/needs/<int:rule_id>")
@allow(CONFIGURE)
def edit_need(record_kind: str, rule_id: int) -> Response:
    """One rule and its form."""
    entity, rule = kinds.shapeable(record_kind), _found(record_kind, rule_id)
    form = NeedForm(formdata=None, obj=rule)
    asking(entity).show(form, conditions_from(rule.conditions))
    return _page(entity, rule, form)


@blueprint.post("/settings/kinds/<record_kind>/needs/<int:rule_id>")
@allow(CONFIGURE)
def change_need(record_kind: str, rule_id: int) -> ResponseReturnValue:
    """Change a rule."""
    entity, rule, form = kinds.shapeable(record_kind), _found(record_kind, rule_id), NeedForm()
    if form.is_newer(rule):
        return _page(entity, rule, form, 422)
    try:
        needs.change_need(session(), rule, _wish(entity, form, conditions_from(rule.conditions)), by=actor(), at=now())
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _page(entity, rule, form, 422)
    return _told(record_kind, say("The rule %(name)s is changed.", name=rule.label))


@blueprint.post("/settings/kinds/<record_kind>/needs/<int:rule_id>/withdraw")
@allow(CONFIGURE)
def withdraw_need(record_kind: str, rule_id: int) -> ResponseReturnValue:
    """Let a rule ask nothing any more."""
    rule = _found(record_kind, rule_id)
    NEEDS.withdraw(session(), rule, by=actor(), at=now())
    return _told(record_kind, say("The rule %(name)s is withdrawn.", name=rule.label))


@blueprint.post("/settings/kinds/<record_kind>/needs/<int:rule_id>/restore")
@allow(CONFIGURE)
def restore_need(record_kind: str, rule_id: int) -> ResponseReturnValue:
    """Let a rule ask again."""
    rule = _found(record_kind, rule_id)
    try:
        NEEDS.restore(session(), rule, by=actor(), at=now())
    except InvalidInput as invalid:
        raise plainly(invalid) from invalid
    return _told(record_kind, say("The rule %(name)s holds again.", name=rule.label))


def asking(entity: Entity) -> Conditions:
    """The conditions of rules over a kind, for whoever looks."""
    return Conditions(entity, Scope(None, actor()), session())


def rules_told(entity: Entity) -> tuple[Told, Told]:
    """The rules of a kind for what is needed, and for who gets records, each with its conditions in words."""
    conditions, shape = asking(entity), live.present().shape(entity.kind)
    told = [[(rule, [conditions.told(one) for one in rule.conditions]) for rule in rules]
            for rules in (shape.needs, shape.assignments)]  # fmt: skip
    return told[0], told[1]


def _found(kind: str, rule_id: int) -> RequiredRule:
    kinds.shapeable(kind)
    rows = [*session().scalars(queries.required_rules(kind))]
    found: RequiredRule = among([*rows, *session().scalars(queries.required_rules(kind, archived=True))], rule_id)
    return found


def _wish(entity: Entity, form: Any, held: Sequence[Condition] = ()) -> NeedWish:
    return NeedWish(
        **form.labels(),
        field=form.field.data or "",
        conditions=asking(entity).read(form, held),
        strength=form.strength.data or "",
        in_imports=bool(form.in_imports.data),
    )


def _told(kind: str, sentence: Phrase) -> ResponseReturnValue:
    tell_done(sentence)
    return redirect(url_for("configuration.show_kind", record_kind=kind), 303)


def _page(entity: Entity, rule: RequiredRule | None, form: Any, status: int = 200) -> Response:
    fields = needs.requirable(entity)
    form.field.choices = offered((name, one.label) for name, one in fields.items())
    asking(entity).offer(form)
    return draw("configuration/kinds/need.html", status, entity=entity, rule=rule, form=form)
