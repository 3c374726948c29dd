"""Handing a case over to another area, with everything that is known and still to do about it on the same page."""

from __future__ import annotations

from flask import Response, redirect, url_for
from flask.typing import ResponseReturnValue

from implementor.crm.cases import permissions, queries, services
from implementor.crm.cases.forms import HandOverForm, hand_over_form
from implementor.crm.cases.models import Case
from implementor.crm.cases.views.routing import blueprint, case_or_404, refuse_unless_may_change
from implementor.foundation.errors import InvalidInput
from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.lists.record_page import present_scope
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/<int:record_id>/hand-over")
@allow(permissions.EDIT)
def hand_over_page(record_id: int) -> ResponseReturnValue:
    """To whom it goes, and what goes along."""
    refuse_unless_may_change("area")
    case = case_or_404(record_id)
    return _draw(case, hand_over_form(case, present_scope(), session()))


@blueprint.post("/<int:record_id>/hand-over")
@allow(permissions.EDIT)
def hand_over(record_id: int) -> ResponseReturnValue:
    """Give it to the other area."""
    refuse_unless_may_change("area")
    case = case_or_404(record_id)
    form = hand_over_form(case, present_scope(), session())
    try:
        services.hand_over_case(
            session(), case, area=form.area.data, owner=form.owner.data, note=form.note.data or "",
            version=whole_number(str(form.version.data)), by=actor(), at=now(),
        )  # fmt: skip
        session().flush()
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw(case, form, 422)
    tell_done(say("%(code)s is handed over.", code=case.code))
    still_seen = session().scalar(queries.case_in_use(record_id, present_scope()).with_only_columns(Case.id))
    page = url_for("cases.show", record_id=record_id) if still_seen else url_for("cases.index", open="y")
    return redirect(page, 303)


def _draw(case: Case, form: HandOverForm, status: int = 200) -> Response:
    waiting = session().scalars(queries.follow_ups_about(case.id)).all()
    return draw(
        "crm/cases/hand_over.html", status, form=form, record_id=case.id, title=case.subject, follow_ups=waiting
    )  # fmt: skip
