"""The pages of quotes: list and record, sending, the customer's answer, new versions, and the paper as PDF."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from flask import Response, abort, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.automation.queries import template_by_uid
from implementor.crm.quotes import permissions, queries
from implementor.crm.quotes.accepting import Answer, accept_quote, take_acceptance_back
from implementor.crm.quotes.facts import ACCEPTED, FACTS, REFUSED, SENT, SUPERSEDED
from implementor.crm.quotes.following import Happening, refuse_quote, send_quote, take_fact_back
from implementor.crm.quotes.forms import AcceptForm, FactForm
from implementor.crm.quotes.models import Quote
from implementor.crm.quotes.paper import paper_of
from implementor.crm.quotes.printing import pdf_of
from implementor.crm.quotes.proposing import fill_in
from implementor.crm.quotes.services import day_of
from implementor.crm.quotes.standing import page_of
from implementor.crm.quotes.versions import renew_quote
from implementor.crm.quotes.words import LABELS
from implementor.crm.records.pages import record_pages
from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.words import say, speaking, speech
from implementor.lists.record_page import present_scope
from implementor.web.guard import actor, allow
from implementor.web.language import settings, speech_of
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import abandon, now, session

NOTE = {SENT: send_quote, REFUSED: refuse_quote}
blueprint = record_pages("quote", "quotes", permissions.VIEW, template="crm/quotes/show.html", context=page_of)


@blueprint.get("/<int:record_id>/facts/<step>")
@allow(permissions.EDIT)
def note_page(record_id: int, step: str) -> ResponseReturnValue:
    """Ask when it happened, and what is to be known about it."""
    return _draw(_quote(record_id), step, _form(step)(data={"on": day_of(now())}))


@blueprint.post("/<int:record_id>/facts/<step>")
@allow(permissions.EDIT)
def note(record_id: int, step: str) -> ResponseReturnValue:
    """Note that it was sent or refused, or make the order of one that was accepted."""
    quote, form = _quote(record_id), _form(step)()
    number = quote.number
    if not form.validate() or form.on.data is None:
        return _draw(quote, step, form, 422)
    try:
        _note(quote, step, form)
        session().flush()
    except InvalidInput as refusal:
        abandon()
        form.refuse(refusal)
        return _draw(_quote(record_id), step, form, 422)
    tell_done(say("%(number)s: %(fact)s.", number=number, fact=LABELS[step]))
    return redirect(url_for("quotes.show", record_id=record_id), 303)


def _note(quote: Quote, step: str, form: Any) -> None:
    on, said = _moment(form.on.data), form.note.data or ""
    if step == ACCEPTED:
        wins = bool(form.wins.data) if "wins" in form else False
        accept_quote(session(), quote, Answer(on, said, wins), by=actor(), at=now())
    else:
        NOTE[step](session(), quote, Happening(on, said), by=actor(), at=now())


@blueprint.post("/<int:record_id>/facts/<step>/take-back")
@allow(permissions.EDIT)
def take_back(record_id: int, step: str) -> ResponseReturnValue:
    """Take back what was noted by mistake; an acceptance goes with its order."""
    quote = _quote(record_id)
    if step not in FACTS:
        abort(404)
    if step == ACCEPTED:
        take_acceptance_back(session(), quote, by=actor(), at=now())
    else:
        take_fact_back(session(), quote, step, by=actor(), at=now())
    tell_done(say("%(number)s: %(fact)s is taken back.", number=quote.number, fact=LABELS[step]))
    return redirect(url_for("quotes.show", record_id=record_id), 303)


@blueprint.post("/<int:record_id>/versions")
@allow(permissions.EDIT)
def renew(record_id: int) -> ResponseReturnValue:
    """Make a new version and lead there."""
    renewed = renew_quote(session(), _quote(record_id), by=actor(), at=now())
    session().flush()
    tell_done(say("%(number)s is ready to be changed and sent.", number=renewed.number))
    return redirect(url_for("quotes.show", record_id=renewed.id), 303)


@blueprint.post("/<int:record_id>/proposal")
@allow(permissions.EDIT)
def propose(record_id: int) -> ResponseReturnValue:
    """Fill what stands on the paper in from a template."""
    quote = _quote(record_id)
    template = session().scalars(template_by_uid(request.form.get("template", ""))).one_or_none()
    if template is None:
        raise NotFound("message_template")
    fill_in(session(), quote, template, by=actor(), at=now())
    tell_done(say("%(number)s now says what %(name)s says.", number=quote.number, name=template.label))
    return redirect(url_for("quotes.show", record_id=record_id), 303)


@blueprint.get("/<int:record_id>/paper/<language>")
@allow(permissions.VIEW)
def paper(record_id: int, language: str) -> Response:
    """The quote as the customer gets it, in one of the languages on offer."""
    if language not in settings().languages:
        abort(404)
    quote = _quote(record_id)
    with speaking(speech_of(language, str(speech().zone))):
        found = paper_of(session(), quote, company=settings().company, by=actor(), today=day_of(now()))
        answer = make_response(pdf_of(found))
    answer.headers["Content-Type"] = "application/pdf"
    answer.headers["Content-Disposition"] = f"attachment; filename=quote-{record_id}-{language}.pdf"
    return answer


def _moment(day: date) -> datetime:
    """Now, where it happened today; else the noon of that day where the person is."""
    if day == day_of(now()):
        return now()
    return datetime.combine(day, time(12), speech().zone).astimezone(now().tzinfo)


def _form(fact: str) -> type[FactForm]:
    if fact not in FACTS or fact == SUPERSEDED:
        abort(404)
    return AcceptForm if fact == ACCEPTED else FactForm


def _quote(record_id: int) -> Quote:
    """The quote in use of that id, within what the reader sees."""
    found = session().scalars(queries.quote_to_change(record_id, present_scope())).one_or_none()
    if found is None:
        raise NotFound("quote")
    return found


def _draw(quote: Quote, fact: str, form: Any, status: int = 200) -> Response:
    if fact == ACCEPTED and quote.opportunity_id is None:
        del form.wins
    return draw("crm/quotes/note.html", status, form=form, quote=quote, fact=fact, label=LABELS[fact])
