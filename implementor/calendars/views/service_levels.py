"""Service levels: how soon records of each kind are answered and settled."""

from __future__ import annotations

from collections import defaultdict

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.calendars import queries
from implementor.calendars.clocked_kinds import Clocked, clocked
from implementor.calendars.durations import write_duration
from implementor.calendars.models import SlaPolicy
from implementor.calendars.permissions import MANAGE_SERVICE_LEVELS
from implementor.calendars.policy_form import PolicyForm, policy_form
from implementor.calendars.services import policies
from implementor.calendars.services.clocks import rebase_clocks
from implementor.calendars.views.blueprint import blueprint
from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.words import say, say_n
from implementor.history.latest import latest_changes
from implementor.web.found import is_newer, one_or_404, pairs
from implementor.web.guard import actor, allow
from implementor.web.messages import tell, tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/settings/service-levels")
@allow(MANAGE_SERVICE_LEVELS)
def list_policies() -> ResponseReturnValue:
    """The service levels of every kind, in the order in which they are tried."""
    of_kind: dict[str, list[SlaPolicy]] = defaultdict(list)
    archived: list[SlaPolicy] = []
    for policy in session().scalars(queries.policies(with_archived=True)):
        if policy.record_kind in clocked:
            (archived if policy.is_archived else of_kind[policy.record_kind]).append(policy)
    return draw(
        "calendars/service_levels/index.html",
        kinds=[(kind, of_kind[kind.kind]) for kind in clocked.values()], archived=archived,
        in_words=write_duration,
    )  # fmt: skip


@blueprint.get("/settings/service-levels/new/<record_kind>")
@allow(MANAGE_SERVICE_LEVELS)
def new_policy(record_kind: str) -> ResponseReturnValue:
    """The form of a new service level of a kind, with the targets it proposes."""
    declared = _declared(record_kind)
    return _new(declared, policy_form(declared, formdata=None).show_defaults())


@blueprint.post("/settings/service-levels/new/<record_kind>")
@allow(MANAGE_SERVICE_LEVELS)
def add_policy(record_kind: str) -> ResponseReturnValue:
    """Add a service level."""
    declared = _declared(record_kind)
    form = _offered(policy_form(declared))
    if not form.validate():
        return _new(declared, form, 422)
    try:
        policy = policies.add_policy(session(), record_kind, form.wanted(), by=actor(), at=now())
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _new(declared, form, 422)
    tell_done(say("The service level %(name)s is added.", name=policy.label))
    return redirect(url_for("calendars.list_policies"), 303)


@blueprint.get("/settings/service-levels/<int:policy_id>")
@allow(MANAGE_SERVICE_LEVELS)
def edit_policy(policy_id: int) -> ResponseReturnValue:
    """The form of one service level."""
    policy = _found(policy_id)
    return _edit(policy, policy_form(clocked[policy.record_kind], formdata=None).show(policy))


@blueprint.post("/settings/service-levels/<int:policy_id>")
@allow(MANAGE_SERVICE_LEVELS)
def change_policy(policy_id: int) -> ResponseReturnValue:
    """Change a service level."""
    policy = _found(policy_id)
    form = _offered(policy_form(clocked[policy.record_kind]), policy)
    if not form.validate() or is_newer(policy, form):
        return _edit(policy, form, 422)
    try:
        policies.edit_policy(session(), policy, form.wanted(), by=actor(), at=now())
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _edit(policy, form, 422)
    tell_done(say("The service level %(name)s is changed.", name=policy.label))
    return redirect(url_for("calendars.list_policies"), 303)


@blueprint.post("/settings/service-levels/<int:policy_id>/rebase")
@allow(MANAGE_SERVICE_LEVELS)
def rebase_policy(policy_id: int) -> ResponseReturnValue:
    """Have what runs now count by the present terms."""
    policy = _found(policy_id)
    count = rebase_clocks(session(), policy, at=now())
    tell(
        say_n(
            "%(count)s running clock counts by the present terms.",
            "%(count)s running clocks count by the present terms.",
            count,
        )
    )
    return redirect(url_for("calendars.list_policies"), 303)


@blueprint.post("/settings/service-levels/<int:policy_id>/move")
@allow(MANAGE_SERVICE_LEVELS)
def move_policy(policy_id: int) -> ResponseReturnValue:
    """Try a service level earlier or later."""
    policy = _found(policy_id)
    policies.move_policy(session(), policy, earlier=request.form.get("place") != "later", by=actor(), at=now())
    tell_done(say("The order is changed."))
    return redirect(url_for("calendars.list_policies"), 303)


@blueprint.post("/settings/service-levels/<int:policy_id>/archive")
@allow(MANAGE_SERVICE_LEVELS)
def archive_policy(policy_id: int) -> ResponseReturnValue:
    """Put a service level away."""
    policy = _found(policy_id)
    policies.archive_policy(session(), policy, by=actor(), at=now())
    tell_done(say("The service level %(name)s is archived.", name=policy.label))
    return redirect(url_for("calendars.list_policies"), 303)


@blueprint.post("/settings/service-levels/<int:policy_id>/restore")
@allow(MANAGE_SERVICE_LEVELS)
def restore_policy(policy_id: int) -> ResponseReturnValue:
    """Take a service level back into use."""
    policy = _found(policy_id)
    policies.restore_policy(session(), policy, by=actor(), at=now())
    tell_done(say("The service level %(name)s is in use again.", name=policy.label))
    return redirect(url_for("calendars.list_policies"), 303)


def _declared(record_kind: str) -> Clocked:
    if record_kind not in clocked:
        raise NotFound
    return clocked[record_kind]


def _found(policy_id: int) -> SlaPolicy:
    """The policy, as long as its kind of record is there."""
    policy = one_or_404(queries.policy_by_id(policy_id))
    _declared(policy.record_kind)
    return policy


def _offered(form: PolicyForm, policy: SlaPolicy | None = None) -> PolicyForm:
    choices = pairs(queries.calendars_to_choose())
    if policy is not None and policy.calendar.is_archived:
        choices.append((policy.calendar.id, policy.calendar.name))
    return form.offer(choices)


def _new(kind: Clocked, form: PolicyForm, status: int = 200) -> Response:
    return draw("calendars/service_levels/new.html", status, kind=kind, form=_offered(form))


def _edit(policy: SlaPolicy, form: PolicyForm, status: int = 200) -> Response:
    timeline = latest_changes(session(), {policy.__record_kind__: [policy.id]}, by=actor(), at=now())
    form = _offered(form, policy)
    return draw("calendars/service_levels/edit.html", status, policy=policy, form=form, timeline=timeline)
