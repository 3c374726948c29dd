"""Contracts: the list, the page of one, its go or no-go, and the licences that are used of it."""

from __future__ import annotations

from typing import Any

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.comments.panel import panel_of
from implementor.finance import permissions
from implementor.finance.catalogue import VERDICTS
from implementor.finance.forms import CountForm, VerdictForm
from implementor.finance.licence_sources import licence_sources
from implementor.finance.models import Contract
from implementor.finance.queries import contracts as queries
from implementor.finance.services import contracts as services
from implementor.finance.services import licences
from implementor.finance.views.routing import blueprint, contract_or_404
from implementor.finance.wording import short_amount
from implementor.foundation.errors import InvalidInput
from implementor.foundation.records import RecordRef
from implementor.foundation.words import say
from implementor.history.timeline import timeline_of
from implementor.lists.page import list_page
from implementor.lists.record_page import present_scope, record_page
from implementor.lists.sheets import sheet_of
from implementor.web.guard import actor, allow
from implementor.web.messages import tell
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session, today


@blueprint.get("/contracts")
@allow(permissions.VIEW)
def contracts(project_key: str) -> Response:
    """The contracts of the project."""
    page = list_page(session(), sheet_of("contract"), present_scope(), request.args.to_dict(flat=False))
    return draw("finance/contracts.html", page=page)


@blueprint.get("/contracts/new")
@allow(permissions.EDIT)
def new_contract(project_key: str) -> ResponseReturnValue:
    """Write down what could be bought."""
    return redirect(url_for("lists.new", kind="contract"), 303)


@blueprint.get("/contracts/<int:contract_id>")
@allow(permissions.VIEW)
def contract(project_key: str, contract_id: int) -> Response:
    """Everything about one contract."""
    return _draw_contract(contract_or_404(contract_id))


@blueprint.post("/contracts/<int:contract_id>/verdict")
@allow(permissions.APPROVE)
def decide(project_key: str, contract_id: int) -> ResponseReturnValue:
    """Say go or no-go."""
    found, form = contract_or_404(contract_id, to_change=True), VerdictForm()
    try:
        services.decide_contract(
            session(), found, verdict=form.verdict.data or "", reason=form.reason.data or "", by=actor(), at=now()
        )
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_contract(found, verdict_form=form, status=422)
    tell(services.OUTCOMES[found.verdict or ""])
    return redirect(url_for("finance.contract", contract_id=contract_id), 303)


@blueprint.post("/contracts/<int:contract_id>/licences")
@allow(permissions.EDIT)
def count(project_key: str, contract_id: int) -> ResponseReturnValue:
    """Write down how many licences are used."""
    found, form = contract_or_404(contract_id), CountForm()
    try:
        services.count_licences(
            session(), found, used=form.used.data, on=form.on.data, evidence=form.evidence.data or "", by=actor(),
            at=now(),
        )  # fmt: skip
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_contract(found, count_form=form, status=422)
    tell(say("The licences of %(title)s are counted.", title=found.title))
    return redirect(url_for("finance.contract", contract_id=contract_id), 303)


@blueprint.post("/contracts/<int:contract_id>/counter")
@allow(permissions.EDIT)
def choose_counter(project_key: str, contract_id: int) -> ResponseReturnValue:
    """Let the licences be counted by what knows them, or by hand."""
    found, source = contract_or_404(contract_id), request.form.get("source", "")
    licences.choose_counter(session(), found, source, by=actor(), at=now())
    counted = licence_sources[source].label if source else say("by hand")
    tell(say("The licences of %(title)s are counted: %(how)s.", title=found.title, how=counted))
    return redirect(url_for("finance.contract", contract_id=contract_id, _anchor="licences"), 303)


def _draw_contract(
    found: Contract, *, verdict_form: VerdictForm | None = None, count_form: CountForm | None = None, status: int = 200
) -> Response:
    scope, of = present_scope(), session()
    timeline = timeline_of(of, "contract", found.id, scope, at=now(), after=request.args.get("after"))
    decided: Any = queries.decision_of_contract(project_id=g.project.id, decision_id=found.decision_id)
    may_edit = actor().may(permissions.EDIT) and not found.is_archived
    return draw(
        "finance/contract.html",
        status,
        contract=found,
        short_amount=short_amount,
        page=record_page(of, sheet_of("contract"), scope, found.id),
        verdict=next((one for one in VERDICTS if one.key == found.verdict), None),
        decision=of.execute(decided).one_or_none(),
        sources=licence_sources,
        counts=of.execute(queries.counts_of(project_id=g.project.id, contract_id=found.id)).all(),
        days_left=(found.ends_on - today()).days if found.ends_on else None,
        people=of.scalar(queries.people_with_roles(project_id=g.project.id)),
        verdict_form=verdict_form or VerdictForm(formdata=None),
        count_form=count_form or CountForm(formdata=None, data={"on": today()}),
        talk=panel_of(of, RecordRef("contract", found.id), actor=actor()),
        timeline=timeline,
        timeline_next_url=timeline.next and url_for("finance.contract", contract_id=found.id, after=timeline.next),
        may_edit=may_edit,
        may_decide=actor().may(permissions.APPROVE) and not found.is_decided and not found.is_archived,
    )
