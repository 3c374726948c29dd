"""Writing a mail about a record: from a template in the receiver's language, changed by hand, sent and logged."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue

from implementor.automation import queries as templates
from implementor.automation.filling import filled_parts
from implementor.automation.models import MessageTemplate
from implementor.automation.words import E_MAIL, PURPOSE_KINDS
from implementor.crm.interactions.forms import LetterForm
from implementor.crm.interactions.permissions import EDIT
from implementor.crm.interactions.services.letters import (
    Letter,
    NotToBeMailed,
    Receiver,
    receiver_of,
    refuse_unwanted,
    send_letter,
)
from implementor.crm.interactions.views.interactions import blueprint
from implementor.crm.records.subjects import subject_page
from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.fields import entities
from implementor.foundation.words import Phrase, say, speech
from implementor.lists.record_page import RecordPage, loaded, present_scope
from implementor.lists.sheets import sheet_of
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

PARTS = ("subject", "body")


@blueprint.get("/write/<kind>/<int:subject_id>")
@allow(EDIT)
def write_page(kind: str, subject_id: int) -> Response:
    """The form of a mail about a record, filled in from the template that is asked for."""
    subject = _subject(kind, subject_id)
    template = _template(kind, request.args.get("template"))
    receiver, why_not = _receiver(subject, template)
    language = receiver.language if receiver is not None else speech().language
    filled = {}
    if template is not None:
        filled = filled_parts(session(), template, subject.id, language=language, by=actor(), parts=PARTS)
    form = LetterForm(formdata=None, data={**filled, "template": template.uid if template is not None else ""})
    return _draw(subject, form, receiver, why_not)


@blueprint.post("/write/<kind>/<int:subject_id>")
@allow(EDIT)
def write(kind: str, subject_id: int) -> ResponseReturnValue:
    """Send the mail as it was edited, and show the record again."""
    subject, form = _subject(kind, subject_id), LetterForm()
    template = _template(kind, form.template.data)
    letter = Letter(form.subject.data or "", form.body.data or "", template.consent if template is not None else None)
    try:
        receiver, _logged = send_letter(session(), kind, _record(subject), letter, by=actor(), at=now())
        session().flush()
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _draw(subject, form, *_receiver(subject, template), 422)
    tell_done(say("The mail to %(name)s is on its way.", name=receiver.name))
    return redirect(subject.url, 303)


def _subject(kind: str, subject_id: int) -> RecordPage:
    if kind not in PURPOSE_KINDS[E_MAIL]:
        raise NotFound(kind)
    return subject_page(session(), present_scope(), kind, subject_id)


def _record(subject: RecordPage) -> Any:
    return loaded(session(), sheet_of(subject.sheet.entity.kind), subject.scope, subject.id)


def _template(kind: str, uid: str | None) -> MessageTemplate | None:
    """The template of a name among those about such records; none for one that is not there any more."""
    if not uid:
        return None
    found = session().scalars(templates.template_by_uid(uid)).one_or_none()
    return found if found is not None and not found.is_archived and found.kind == kind else None


def _receiver(subject: RecordPage, template: MessageTemplate | None) -> tuple[Receiver | None, Phrase | None]:
    """Who gets the mail, and why nobody does, if so."""
    kind, record = subject.sheet.entity.kind, _record(subject)
    try:
        receiver = receiver_of(session(), kind, record, by=actor())
        refuse_unwanted(session(), kind, record, receiver, template.consent if template is not None else None, at=now())
    except NotToBeMailed as refusal:
        return None, refusal.reason
    return receiver, None


def _draw(
    subject: RecordPage, form: LetterForm, receiver: Receiver | None, why_not: Phrase | None, status: int = 200
) -> Response:
    kind = subject.sheet.entity.kind
    found = session().scalars(templates.templates_for(kind, E_MAIL)).all()
    return draw(
        "crm/interactions/write.html", status, subject=subject, form=form, receiver=receiver, why_not=why_not,
        templates=found, kind=kind, shows_address=_shows_address(kind),
    )  # fmt: skip


def _shows_address(kind: str) -> bool:
    """Whether the reader may see the address that the mail goes to."""
    return entities[kind if kind == "lead" else "contact"].fields["email"].is_visible_to(actor())
