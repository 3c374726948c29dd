"""What people fill in about campaigns: whom to add, what happened with a member, where a record came from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session
from wtforms import DateField, SelectField, StringField, TextAreaField

from implementor.crm.campaigns.answers import HAPPENINGS
from implementor.crm.campaigns.members import LONGEST_NOTE
from implementor.crm.campaigns.words import CHANNEL, LABELS, OUTCOME
from implementor.foundation import live
from implementor.foundation.permissions import Actor
from implementor.web.forms import EMPTY_CHOICE, Form, offered, say
from implementor.web.lookup_field import LookupField

LONGEST_ADDRESS = 4000


def _words(key: str) -> list[Any]:
    return offered([EMPTY_CHOICE, *((word.key, word.label) for word in live.present().picklist(key).offered)])


class JoiningForm(Form):
    """Whom to add: a list of contacts or of leads as somebody saved it, or as its address says."""

    of = SelectField(say("Whom"), validate_choice=False)
    address = StringField(
        say("Or the address of a list"), render_kw={"maxlength": LONGEST_ADDRESS},
        description=say("Filter contacts or leads, then paste the address of that page here."),
    )  # fmt: skip
    channel = SelectField(
        say("Channel"), validate_choice=False,
        description=say("How they are approached. Who did not agree to advertising there is left out."),
    )  # fmt: skip

    def offer(self, lists: Iterable[tuple[str, Any]]) -> JoiningForm:
        """Fill in what can be chosen."""
        self.of.choices = offered([EMPTY_CHOICE, *lists])
        self.channel.choices = _words(CHANNEL.key)
        return self


class AnswerForm(Form):
    """What happened with a member, when, on which channel and what came of it."""

    kind = SelectField(say("What happened"), validate_choice=False)
    on = DateField(say("Happened on"), render_kw={"required": True})
    channel = SelectField(say("Channel"), validate_choice=False)
    outcome = SelectField(say("Outcome"), validate_choice=False)
    interaction = SelectField(
        say("The conversation that carried it"), validate_choice=False,
        description=say("What was said with them lately."),
    )  # fmt: skip
    note = TextAreaField(say("Note"), render_kw={"maxlength": LONGEST_NOTE, "rows": 3})

    def offer(self, interactions: Iterable[tuple[str, Any]]) -> AnswerForm:
        """Fill in what can be chosen."""
        self.kind.choices = offered((kind, LABELS[kind]) for kind in HAPPENINGS)
        self.channel.choices, self.outcome.choices = _words(CHANNEL.key), _words(OUTCOME.key)
        self.interaction.choices = offered([EMPTY_CHOICE, *interactions])
        return self


def origin_form(actor: Actor, session: Session, present: int | None) -> Any:
    """The form that asks which campaign a record came from; left empty, none."""
    field: Any = LookupField(
        say("Campaign"), target="campaign", actor=actor, session=session,
        description=say("The one that brought it; what is won counts as its revenue."),
    )  # fmt: skip
    made = type("OriginForm", (Form,), {"campaign": field})
    return made(data={"campaign": present})
