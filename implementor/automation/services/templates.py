"""Templates of mails and proposals: written, changed, withdrawn and restored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.automation import queries
from implementor.automation.models import MessageTemplate
from implementor.automation.naming import refuse_unknown
from implementor.automation.words import E_MAIL, PURPOSE_KINDS
from implementor.configuration.models import BY_HAND
from implementor.configuration.services.checking import Identity, checked_labels, identified
from implementor.configuration.services.kinds import shapeable
from implementor.foundation import live
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Entity
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean, clean_line
from implementor.foundation.words import Phrase, say
from implementor.history.services import name_action

CONSENTS = "consent.purpose"
"""The list of words that what people agree to is from."""
LONGEST_SUBJECT, LONGEST_BODY = 200, 10_000
LINES = ("subject_en", "subject_es")
TEXTS = ("body_en", "body_es", "terms_en", "terms_es")


@dataclass(frozen=True)
class TemplateWish:
    """A template as somebody wants it; the names are those of the columns."""

    label_en: str
    label_es: str
    purpose: str = E_MAIL
    consent: str | None = None
    subject_en: str = ""
    subject_es: str = ""
    body_en: str = ""
    body_es: str = ""
    terms_en: str = ""
    terms_es: str = ""

    def values(self) -> dict[str, Any]:
        """By column."""
        return {one.name: getattr(self, one.name) for one in fields(self)}


def add_template(
    session: Session, kind: str, wish: TemplateWish, *, by: Actor, at: datetime, identity: Identity | None = None
) -> MessageTemplate:
    """Write a template about records of a kind. Raises InvalidInput, with the place that was probably meant."""
    entity = shapeable(kind)
    values = _checked(session, entity, wish, None)
    template = MessageTemplate(kind=kind, **values, **identified(identity))
    name_action(session, say("Added the template %(name)s", name=template.label))
    session.add(template)
    session.flush()
    return template


def change_template(
    session: Session, template: MessageTemplate, wish: TemplateWish, *, by: Actor, at: datetime
) -> None:
    """Change a template; what was sent by it stays as it was. Raises InvalidInput."""
    values = _checked(session, shapeable(template.kind), wish, template)
    name_action(session, say("Changed the template %(name)s", name=template.label))
    for name, value in values.items():
        setattr(template, name, value)
    template.source = BY_HAND
    session.flush()


def withdraw_template(session: Session, template: MessageTemplate, *, by: Actor, at: datetime) -> None:
    """Offer a template to nobody any more."""
    if template.archived_at is None:
        name_action(session, say("Withdrew the template %(name)s", name=template.label))
        template.archived_at, template.archived_by_id = at, by.user_id
        session.flush()


def restore_template(session: Session, template: MessageTemplate, *, by: Actor, at: datetime) -> None:
    """Offer a template again. Raises InvalidInput where another one took its name."""
    checked_labels({"label_en": template.label_en, "label_es": template.label_es}, _others(session, template))
    name_action(session, say("Restored the template %(name)s", name=template.label))
    template.archived_at = template.archived_by_id = None
    session.flush()


def _others(session: Session, template: MessageTemplate | None) -> list[MessageTemplate]:
    return [one for one in session.scalars(queries.templates()) if template is None or one.id != template.id]


def _checked(
    session: Session, entity: Entity, wish: TemplateWish, present: MessageTemplate | None
) -> dict[str, str | None]:
    """The columns of a template. Raises InvalidInput, by column."""
    labels = checked_labels({"label_en": wish.label_en, "label_es": wish.label_es}, _others(session, present))
    given = wish.values()
    texts = {name: clean_line(given[name]) for name in LINES} | {name: clean(given[name]).strip() for name in TEXTS}
    errors = {**_errors(entity, wish, present), **_lacking(wish, texts)}
    if errors:
        raise InvalidInput(errors)
    refuse_unknown(entity, texts)
    unused = TEXTS[2:] if wish.purpose == E_MAIL else LINES
    return {**labels, "purpose": wish.purpose, "consent": wish.consent or None, **texts, **dict.fromkeys(unused, "")}


def _errors(entity: Entity, wish: TemplateWish, present: MessageTemplate | None) -> dict[str, Phrase]:
    if wish.purpose not in PURPOSE_KINDS or entity.kind not in PURPOSE_KINDS[wish.purpose]:
        return {"purpose": say("There are no such texts about %(what)s.", what=entity.label_plural)}
    purposes = {one.key for one in live.present().picklist(CONSENTS).offered}
    if wish.consent and wish.consent not in purposes and (present is None or present.consent != wish.consent):
        return {"consent": say("Choose a purpose of the list.")}
    return {}


def _lacking(wish: TemplateWish, texts: Mapping[str, str]) -> dict[str, Phrase]:
    """What is empty or too long; each language has its own words."""
    parts = ("subject", "body") if wish.purpose == E_MAIL else ("body",)
    empty = say("Write it in this language too.")
    errors = {f"{part}_{one}": empty for part in parts for one in ("en", "es") if not texts[f"{part}_{one}"]}
    for name, text in texts.items():
        longest = LONGEST_SUBJECT if name in LINES else LONGEST_BODY
        if len(text) > longest:
            errors[name] = say("Up to %(longest)s characters, please.", longest=longest)
    return errors
