"""Agreements of marketing and sales: the list, one with its figures, signatures and reviews."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.discovery import agreement_queries as queries
from implementor.discovery import agreement_services as services
from implementor.discovery import permissions
from implementor.discovery.forms import ReviewForm
from implementor.discovery.models import ServiceAgreement
from implementor.discovery.views.routing import agreement_or_404, blueprint, metric_named
from implementor.discovery.wanted_catalogue import EDITIONS, OUTCOMES, SIDES
from implementor.foundation.errors import InvalidInput
from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.history.timeline import timeline_of
from implementor.lists.page import list_page
from implementor.lists.record_page import present_scope, record_page
from implementor.lists.sheets import sheet_of
from implementor.metrics.figures import figures_of
from implementor.metrics.queries import metrics_offered
from implementor.web.guard import actor, allow
from implementor.web.messages import tell, tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session, today


@blueprint.get("/agreements")
@allow(permissions.VIEW)
def agreements(project_key: str) -> Response:
    """The agreements of the project, the latest edition first."""
    asked = request.args.to_dict(flat=False)
    page = list_page(session(), sheet_of("service_agreement"), present_scope(), asked)
    return draw("discovery/agreements.html", page=page)


@blueprint.get("/agreements/new")
@allow(permissions.EDIT)
def new_agreement(project_key: str) -> ResponseReturnValue:
    """Begin an agreement."""
    return redirect(url_for("lists.new", kind="service_agreement"), 303)


@blueprint.get("/agreements/<int:agreement_id>")
@allow(permissions.VIEW)
def agreement(project_key: str, agreement_id: int) -> Response:
    """Everything about one agreement."""
    return _draw(agreement_or_404(agreement_id), ReviewForm(formdata=None))


@blueprint.post("/agreements/<int:agreement_id>/figures")
@allow(permissions.EDIT)
def hold_to(project_key: str, agreement_id: int) -> ResponseReturnValue:
    """Hold a side to a metric."""
    found = agreement_or_404(agreement_id, to_change=True)
    metric = metric_named(whole_number(request.form.get("metric", "")))
    services.hold_to(session(), found, metric, side=request.form.get("side", ""), by=actor(), at=now())
    tell_done(say("%(metric)s is part of the agreement.", metric=metric.name))
    return redirect(url_for("discovery.agreement", agreement_id=agreement_id), 303)


@blueprint.post("/agreements/<int:agreement_id>/figures/<int:metric_id>/removal")
@allow(permissions.EDIT)
def hold_no_longer(project_key: str, agreement_id: int, metric_id: int) -> ResponseReturnValue:
    """Take a figure out."""
    found, metric = agreement_or_404(agreement_id, to_change=True), metric_named(metric_id)
    services.hold_no_longer(session(), found, metric, by=actor(), at=now())
    tell_done(say("%(metric)s is no part of the agreement any more.", metric=metric.name))
    return redirect(url_for("discovery.agreement", agreement_id=agreement_id), 303)


@blueprint.post("/agreements/<int:agreement_id>/signature")
@allow(permissions.SIGN)
def sign(project_key: str, agreement_id: int) -> ResponseReturnValue:
    """Sign for the side one is named for."""
    found = agreement_or_404(agreement_id, to_change=True)
    services.sign(session(), found, by=actor(), at=now())
    tell(
        say("%(title)s is signed by both sides and in force.", title=found.title)
        if found.signed_at is not None
        else say("You signed %(title)s. The other side is still to sign.", title=found.title)
    )
    return redirect(url_for("discovery.agreement", agreement_id=agreement_id), 303)


@blueprint.post("/agreements/<int:agreement_id>/signature/removal")
@allow(permissions.SIGN)
def withdraw(project_key: str, agreement_id: int) -> ResponseReturnValue:
    """Take one's signature back while the other is missing."""
    found = agreement_or_404(agreement_id, to_change=True)
    services.withdraw(session(), found, by=actor(), at=now())
    tell(say("Your signature under %(title)s is taken back.", title=found.title))
    return redirect(url_for("discovery.agreement", agreement_id=agreement_id), 303)


@blueprint.post("/agreements/<int:agreement_id>/reviews")
@allow(permissions.EDIT)
def review(project_key: str, agreement_id: int) -> ResponseReturnValue:
    """Write down what came out of looking at it again."""
    found, form = agreement_or_404(agreement_id, to_change=True), ReviewForm()
    try:
        services.review(
            session(), found, outcome=form.outcome.data or "", note=form.note.data or "", by=actor(), at=now()
        )
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw(found, form, 422)
    tell(say("The review of %(title)s is written down.", title=found.title))
    return redirect(url_for("discovery.agreement", agreement_id=agreement_id), 303)


@blueprint.post("/agreements/<int:agreement_id>/edition")
@allow(permissions.EDIT)
def begin_edition(project_key: str, agreement_id: int) -> ResponseReturnValue:
    """Begin the edition that will replace it."""
    found = agreement_or_404(agreement_id, to_change=True)
    made = services.next_edition(session(), found, by=actor(), at=now())
    tell_done(say("The next edition of %(title)s is a draft now.", title=made.title))
    return redirect(url_for("discovery.agreement", agreement_id=made.id), 303)


def _draw(found: ServiceAgreement, form: ReviewForm, status: int = 200) -> Response:
    scope = present_scope()
    rows = session().execute(queries.figures_of_agreement(agreement_id=found.id)).all()
    standing = figures_of(session(), [row.Metric for row in rows], on=today())
    may_edit = actor().may(permissions.EDIT) and not found.is_archived
    may_change = may_edit and not found.is_touched
    offered = session().execute(metrics_offered(scope)).all() if may_change else []
    known = {row.Metric.id for row in rows}
    return draw(
        "discovery/agreement.html",
        status,
        found=found,
        page=record_page(session(), sheet_of("service_agreement"), scope, found.id),
        state=EDITIONS[found.state],
        figures=[(row.side, standing[row.Metric.id]) for row in rows],
        offered=[row for row in offered if row.id not in known],
        sides=SIDES,
        side_words={choice.key: choice.label for choice in SIDES},
        outcomes={choice.key: choice for choice in OUTCOMES},
        reviews=session().execute(queries.reviews_of_agreement(agreement_id=found.id)).all(),
        next_edition=session().scalars(queries.next_edition(agreement_id=found.id)).first(),
        form=form,
        missing=services.missing_of(session(), found) if not found.signed_at else [],
        is_due=found.next_review_on is not None and found.next_review_on <= today(),
        may_edit=may_edit,
        may_change=may_change,
        **_signing(found),
        **_timeline(found, scope),
    )


def _signing(found: ServiceAgreement) -> dict[str, Any]:
    """What the reader may do about signatures."""
    mine = services.side_of(found, actor()) if actor().may(permissions.SIGN) and not found.is_archived else None
    has_signed = mine is not None and getattr(found, f"{mine}_signed_at") is not None
    return {"may_sign": mine is not None and not has_signed, "may_withdraw": has_signed and found.signed_at is None}


def _timeline(found: ServiceAgreement, scope: Any) -> dict[str, Any]:
    kind, after = "service_agreement", request.args.get("after")
    timeline = timeline_of(session(), kind, found.id, scope, at=now(), after=after)
    older = timeline.next and url_for("discovery.agreement", agreement_id=found.id, after=timeline.next)
    return {"timeline": timeline, "timeline_next_url": older}
