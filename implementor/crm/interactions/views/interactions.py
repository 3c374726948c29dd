"""The pages of interactions: what every record has, the form that logs beside a record, and what follows."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.crm.interactions import permissions, queries
from implementor.crm.interactions.forms import log_form
from implementor.crm.interactions.models import Interaction
from implementor.crm.interactions.services import interactions as services
from implementor.crm.records.concerning import subject_of
from implementor.crm.records.pages import record_pages
from implementor.crm.records.subjects import subject_page
from implementor.foundation.errors import InvalidInput
from implementor.foundation.records import RecordRef
from implementor.foundation.words import say
from implementor.lists.record_page import RecordPage, loaded, present_scope
from implementor.lists.sheets import sheet_of
from implementor.web.forms import CatalogueForm
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.next_page import place_inside
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


def _context(page: RecordPage) -> dict[str, Any]:
    """What the interaction is about, as far as the reader sees it, and what follows from it."""
    row = session().execute(queries.pointers_of(Interaction, page.id)).one()
    about = subject_of(session(), actor(), row.about_kind, row.about_id)
    return {"about": about, "row": row}


blueprint = record_pages(
    "interaction", "interactions", permissions.VIEW, template="crm/interactions/show.html", context=_context
)


@blueprint.get("/log/<kind>/<int:subject_id>")
@allow(permissions.EDIT)
def log_page(kind: str, subject_id: int) -> Response:
    """The form that logs what happened with a record; its page asks for it when somebody wants it."""
    subject = subject_page(session(), present_scope(), kind, subject_id)
    return _draw_log(subject, log_form(kind, subject.scope, session(), request.args))


@blueprint.post("/log/<kind>/<int:subject_id>")
@allow(permissions.EDIT)
def log(kind: str, subject_id: int) -> ResponseReturnValue:
    """Log what happened and show the record again."""
    subject = subject_page(session(), present_scope(), kind, subject_id)
    form = log_form(kind, subject.scope, session(), {})
    if not form.validate():
        return _draw_log(subject, form, 422)
    about = RecordRef(kind, subject.id)
    try:
        logged = services.log_interaction(session(), form.values(), by=actor(), at=now(), about=about)
        session().flush()  # constraints answer before the person is told that it is logged
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_log(subject, form, 422)
    tell_done(say("%(title)s is logged.", title=logged.subject))
    return redirect(subject.url, 303)


@blueprint.post("/<int:record_id>/follow-up/done")
@allow(permissions.EDIT)
def finish(record_id: int) -> ResponseReturnValue:
    """What was to follow is done."""
    interaction = loaded(session(), sheet_of("interaction"), present_scope(), record_id)
    services.finish_follow_up(session(), interaction, by=actor(), at=now())
    tell_done(say("The follow-up of %(title)s is done.", title=interaction.subject))
    return redirect(place_inside(request.form.get("next")) or _url(record_id), 303)


@blueprint.post("/<int:record_id>/follow-up/reopen")
@allow(permissions.EDIT)
def reopen(record_id: int) -> ResponseReturnValue:
    """What was to follow is to be done after all."""
    interaction = loaded(session(), sheet_of("interaction"), present_scope(), record_id)
    services.reopen_follow_up(session(), interaction, by=actor())
    tell_done(say("The follow-up of %(title)s is open again.", title=interaction.subject))
    return redirect(_url(record_id), 303)


def _url(record_id: int) -> str:
    return url_for("interactions.show", record_id=record_id)


def _draw_log(subject: RecordPage, form: CatalogueForm, status: int = 200) -> Response:
    return draw("crm/interactions/log.html", status, subject=subject, form=form)
