"""Adds the words that a file brought to a list, once each, whatever was added meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.configuration.models import PicklistValue, StoredPicklist
from implementor.configuration.queries import picklist_values
from implementor.foundation.permissions import Actor
from implementor.foundation.rank import ranks_after


def add_words(session: Session, key: str, words: Mapping[str, str], *, by: Actor, at: datetime) -> int:
    """Add words (key -> label as the file writes it) at the end of a list; returns how many were new."""
    picklist = session.scalars(select(StoredPicklist).where(StoredPicklist.key == key)).one_or_none()
    if picklist is None:
        raise KeyError(key)
    present = session.scalars(picklist_values(picklist.id)).all()
    known = {word.key for word in present}
    new = {each: label for each, label in words.items() if each not in known}
    ranks = ranks_after(present[-1].rank if present else None, len(new))
    session.add_all(
        PicklistValue(picklist_id=picklist.id, key=each, rank=rank, tone="neutral", label_en=label, label_es=label)
        for (each, label), rank in zip(new.items(), ranks, strict=True)
    )
    session.flush()
    return len(new)
