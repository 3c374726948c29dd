"""The rules for who gets records without an owner: added, changed, put in order, withdrawn and restored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, redirect, url_for
from flask.typing import ResponseReturnValue

from implementor.auth.queries import people_to_choose, teams_to_choose
from implementor.configuration import queries
from implementor.configuration.kind_forms import AssignmentForm
from implementor.configuration.models import AssignmentRule
from implementor.configuration.permissions import CONFIGURE
from implementor.configuration.services import assignments
from implementor.configuration.services.assignments import ASSIGNMENTS, AssignmentWish
from implementor.configuration.views.blueprint import blueprint
from implementor.configuration.views.found import among, plainly, step
from implementor.configuration.views.needs import asking
from implementor.foundation.conditions import Condition, conditions_from
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Entity
from implementor.foundation.text import whole_number
from implementor.foundation.words import Phrase, say
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/settings/kinds/<record_kind>/owners/new")
@allow(CONFIGURE)
def new_assignment(record_kind: str) -> Response:
    """The form of a rule that is not there yet."""
    return _page(assignments.assigned(record_kind), None, AssignmentForm(formdata=None))


@blueprint.post("/settings/kinds/<record_kind>/owners")
@allow(CONFIGURE)
def add_assignment(record_kind: str) -> ResponseReturnValue:
    """Add a rule behind the others."""
    entity, form = assignments.assigned(record_kind), AssignmentForm()
    try:
        rule = assignments.add_assignment(session(), record_kind, _wish(entity, form), by=actor(), at=now())
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _page(entity, None, form, 422)
    return _told(record_kind, say("The rule %(name)s holds from now on.", name=rule.label))


@blueprint.get("/settings/kinds/<record_kind>/owners/<int:rule_id>")
@allow(CONFIGURE)
def edit_assignment(record_kind: str, rule_id: int) -> Response:
    """One rule and its form."""
    entity, rule = assignments.assigned(record_kind), _found(record_kind, rule_id)
    form = AssignmentForm(formdata=None, obj=rule)
    asking(entity).show(form, conditions_from(rule.conditions))
    return _page(entity, rule, form)


@blueprint.post("/settings/kinds/<record_kind>/owners/<int:rule_id>")
@allow(CONFIGURE)
def change_assignment(record_kind: str, rule_id: int) -> ResponseReturnValue:
    """Change a rule."""
    entity, rule, form = assignments.assigned(record_kind), _found(record_kind, rule_id), AssignmentForm()
    if form.is_newer(rule):
        return _page(entity, rule, form, 422)
    try:
        assignments.change_assignment(
            session(), rule, _wish(entity, form, conditions_from(rule.conditions)), by=actor(), at=now()
        )
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _page(entity, rule, form, 422)
    return _told(record_kind, say("The rule %(name)s is changed.", name=rule.label))


@blueprint.post("/settings/kinds/<record_kind>/owners/<int:rule_id>/move")
@allow(CONFIGURE)
def move_assignment(record_kind: str, rule_id: int) -> ResponseReturnValue:
    """Ask a rule one place earlier or later."""
    rule = _found(record_kind, rule_id)
    ASSIGNMENTS.move(session(), rule, step=step(), by=actor(), at=now())
    return redirect(url_for("configuration.show_kind", record_kind=record_kind), 303)


@blueprint.post("/settings/kinds/<record_kind>/owners/<int:rule_id>/withdraw")
@allow(CONFIGURE)
def withdraw_assignment(record_kind: str, rule_id: int) -> ResponseReturnValue:
    """Let a rule give nothing any more."""
    rule = _found(record_kind, rule_id)
    ASSIGNMENTS.withdraw(session(), rule, by=actor(), at=now())
    return _told(record_kind, say("The rule %(name)s is withdrawn.", name=rule.label))


@blueprint.post("/settings/kinds/<record_kind>/owners/<int:rule_id>/restore")
@allow(CONFIGURE)
def restore_assignment(record_kind: str, rule_id: int) -> ResponseReturnValue:
    """Let a rule give records again."""
    rule = _found(record_kind, rule_id)
    try:
        ASSIGNMENTS.restore(session(), rule, by=actor(), at=now())
    except InvalidInput as invalid:
        raise plainly(invalid) from invalid
    return _told(record_kind, say("The rule %(name)s holds again.", name=rule.label))


def _found(kind: str, rule_id: int) -> AssignmentRule:
    assignments.assigned(kind)
    rows = [*session().scalars(queries.assignment_rules(kind))]
    found: AssignmentRule = among([*rows, *session().scalars(queries.assignment_rules(kind, archived=True))], rule_id)
    return found


def _wish(entity: Entity, form: Any, held: Sequence[Condition] = ()) -> AssignmentWish:
    return AssignmentWish(
        **form.labels(),
        way=form.way.data or "",
        conditions=asking(entity).read(form, held),
        user_id=whole_number(form.user_id.data or ""),
        team_id=whole_number(form.team_id.data or ""),
    )


def _told(kind: str, sentence: Phrase) -> ResponseReturnValue:
    tell_done(sentence)
    return redirect(url_for("configuration.show_kind", record_kind=kind), 303)


def _page(entity: Entity, rule: AssignmentRule | None, form: Any, status: int = 200) -> Response:
    people = [(one[0], one[1]) for one in session().execute(people_to_choose())]
    form.offer(people, [(one[0], one[1]) for one in session().execute(teams_to_choose())])
    asking(entity).offer(form)
    return draw("configuration/kinds/assignment.html", status, entity=entity, rule=rule, form=form)
