"""What stands on the paper of a quote, filled in from a template of proposals; from then on it is the quote's own."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from implementor.automation.filling import filled_parts
from implementor.automation.models import MessageTemplate
from implementor.automation.queries import template_by_uid
from implementor.automation.words import PROPOSAL
from implementor.crm.contacts.models import Contact
from implementor.crm.quotes.following import held
from implementor.crm.quotes.lines import refuse_sent
from implementor.crm.quotes.models import Quote
from implementor.crm.quotes.services import change_quote
from implementor.foundation.errors import Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Label, say, speech
from implementor.history.services import name_action

LANGUAGES = ("en", "es")


class NoProposal(Refusal):
    """The template is withdrawn, or about something else."""


def fill_in(session: Session, quote: Quote, template: MessageTemplate, *, by: Actor, at: datetime) -> None:
    """Give a quote in preparation the introduction and the terms of a template, in the language of its contact.

    What was sent keeps the words it was sent with, whatever becomes of the template. Raises SentQuote, NoProposal,
    BeyondReach.
    """
    quote = held(session, quote, by)
    refuse_sent(quote)
    if template.is_archived or template.purpose != PROPOSAL:
        raise NoProposal(say("This template is withdrawn. Choose another one."))
    name_action(
        session, say("Filled %(number)s in from the template %(name)s", number=quote.number, name=template.label)
    )
    contact = session.get(Contact, quote.contact_id) if quote.contact_id is not None else None
    spoken = str(contact.language or "")[:2] if contact is not None else ""
    language = spoken if spoken in LANGUAGES else speech().language
    parts = filled_parts(session, template, quote.id, language=language, by=by, parts=("body", "terms"))
    change_quote(session, quote, {"introduction": parts["body"], "terms": parts["terms"]}, by, at)
    quote.proposal_uid, quote.proposal_version = template.uid, template.version


def filled_from(session: Session, quote: Quote) -> tuple[Label, int] | None:
    """The name of the template that its words are from, and which version of it; None for words of its own."""
    if quote.proposal_uid is None or quote.proposal_version is None:
        return None
    template = session.scalars(template_by_uid(quote.proposal_uid)).one_or_none()
    return None if template is None else (template.label, quote.proposal_version)
