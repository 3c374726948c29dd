"""The words that a choice of one's own is from: a list like any other, renamed and retired as usual."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from implementor.configuration.models import CustomField, StoredPicklist
from implementor.configuration.services.field_wishes import WordWish
from implementor.configuration.services.words import add_word
from implementor.foundation.permissions import Actor


def add_words_of(session: Session, row: CustomField, words: Sequence[WordWish], *, by: Actor, at: datetime) -> int:
    """A list of words of a field's own; its id. Raises InvalidInput where two words are called alike."""
    picklist = StoredPicklist(key=f"field.{row.key}", label_en=row.label_en, label_es=row.label_es, default_key=None)
    session.add(picklist)
    session.flush()
    for word in words:
        labels = {"label_en": word.label_en, "label_es": word.label_es}
        add_word(session, picklist, labels=labels, tone=word.tone, by=by, at=at, identity=word.identity)
    return picklist.id
