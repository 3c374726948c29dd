"""The administrator's view of the outbox: what waits, what failed, and a second try."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import NotFound
from implementor.foundation.pages import SortKey, page_of
from implementor.foundation.words import Phrase, say, speaking, speech
from implementor.notifications import queries
from implementor.notifications.mail import paragraphs_of, subject_of
from implementor.notifications.models import OutboxMessage
from implementor.notifications.permissions import SEE_OUTBOX
from implementor.notifications.services import send_again
from implementor.web.guard import allow
from implementor.web.language import settings, speech_of
from implementor.web.messages import tell
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

blueprint = Blueprint("notifications", __name__)
ON_A_PAGE = 50

STATES: dict[str, tuple[Phrase, str]] = {
    "waiting": (say("Waiting"), "neutral"),
    "retrying": (say("Trying again"), "review"),
    "sent": (say("Sent"), "ok"),
    "given_up": (say("Given up"), "off"),
}


@blueprint.get("/settings/outbox")
@allow(SEE_OUTBOX)
def index() -> Response:
    """Mails, newest first."""
    page = page_of(
        session(),
        queries.all_messages(),
        order_by=[SortKey(OutboxMessage.id.expression, descending=True)],
        limit=ON_A_PAGE,
        after=request.args.get("after"),
        before=request.args.get("before"),
    )
    return draw(
        "notifications/index.html",
        messages=[row[0] for row in page.rows],
        subject_of=subject_of,
        states=STATES,
        has_server=bool(settings().smtp_url),
        next_url=page.next and url_for("notifications.index", after=page.next),
        previous_url=page.previous and url_for("notifications.index", before=page.previous),
    )


@blueprint.get("/settings/outbox/<int:message_id>")
@allow(SEE_OUTBOX)
def show(message_id: int) -> Response:
    """One mail, in the language of the person it is for."""
    message = _message(message_id)
    with speaking(speech_of(message.language, str(speech().zone))):
        subject, paragraphs = subject_of(message), paragraphs_of(message, settings().base_url.rstrip("/"))
    return draw("notifications/show.html", message=message, subject=subject, paragraphs=paragraphs, states=STATES)


@blueprint.post("/settings/outbox/<int:message_id>/retry")
@allow(SEE_OUTBOX)
def retry(message_id: int) -> ResponseReturnValue:
    """Let the worker try a mail anew."""
    send_again(_message(message_id), at=now())
    tell(say("The mail waits to be sent."))
    return redirect(url_for("notifications.show", message_id=message_id), 303)


def _message(message_id: int) -> OutboxMessage:
    message = session().get(OutboxMessage, message_id)
    if message is None:
        raise NotFound
    return message
