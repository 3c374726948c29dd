"""Noting what happened with a member of a campaign, and taking it back."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.crm.campaigns import permissions, queries
from implementor.crm.campaigns.answers import HAPPENINGS, RESPONDED
from implementor.crm.campaigns.forms import AnswerForm
from implementor.crm.campaigns.members import Answer, note_answer, take_answer_back
from implementor.crm.campaigns.models import CampaignMember
from implementor.crm.campaigns.views.routing import member_or_404, member_pages
from implementor.crm.campaigns.words import LABELS
from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.local_days import local_day
from implementor.foundation.text import whole_number
from implementor.foundation.words import say, speech
from implementor.web.guard import actor, allow
from implementor.web.language import show_date
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session, today


@member_pages.get("/<int:record_id>/answers/new")
@allow(permissions.EDIT_MEMBERS)
def answer_page(record_id: int) -> ResponseReturnValue:
    """Ask what happened."""
    member = member_or_404(record_id)
    kind = request.args.get("kind", RESPONDED)
    shown = {
        "kind": kind if kind in HAPPENINGS else RESPONDED, "on": today(),
        "channel": member.channel or "",
    }  # fmt: skip
    return _draw(member, AnswerForm(data=shown))


@member_pages.post("/<int:record_id>/answers")
@allow(permissions.EDIT_MEMBERS)
def answer(record_id: int) -> ResponseReturnValue:
    """Note what happened."""
    member, form = member_or_404(record_id), AnswerForm()
    if not form.validate() or form.on.data is None:
        return _draw(member, form, 422)
    told = Answer(
        form.kind.data or "", _moment(form.on.data), form.channel.data or "", form.outcome.data or "",
        form.note.data or "", whole_number(form.interaction.data or ""),
    )  # fmt: skip
    try:
        note_answer(session(), member, told, by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw(member, form, 422)
    tell_done(say("%(name)s: %(what)s.", name=member.name, what=LABELS[told.kind]))
    return redirect(url_for("campaign_members.show", record_id=record_id), 303)


@member_pages.post("/<int:record_id>/answers/<int:event_id>/take-back")
@allow(permissions.EDIT_MEMBERS)
def take_back(record_id: int, event_id: int) -> ResponseReturnValue:
    """Take back what was noted by mistake."""
    member = member_or_404(record_id)
    event = session().scalars(queries.event_of(record_id, event_id)).one_or_none()
    if event is None:
        raise NotFound("campaign_event")
    take_answer_back(session(), member, event, by=actor(), at=now())
    tell_done(say("%(name)s: %(what)s is taken back.", name=member.name, what=LABELS[event.kind]))
    return redirect(url_for("campaign_members.show", record_id=record_id), 303)


def _moment(day: date) -> datetime:
    """Now, where it happened today; else the noon of that day where the person is."""
    zone = speech().zone
    if day == now().astimezone(zone).date():
        return now()
    return datetime.combine(day, time(12), zone).astimezone(now().tzinfo)


def _draw(member: CampaignMember, form: AnswerForm, status: int = 200) -> Response:
    rows = session().execute(queries.interactions_with(member, actor())).all() if member.named is None else []
    form.offer((str(row.id), f"{show_date(local_day(row.at))} · {row.subject}") for row in rows)
    shown: dict[str, Any] = {"member_id": member.id, "name": member.name, "has_talked": bool(rows)}
    return draw("crm/campaigns/answer.html", status, form=form, **shown)
