"""Lists of words: renaming, adding, ordering, retiring and restoring what people choose from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from implementor.configuration import queries
from implementor.configuration.models import BY_HAND, PicklistValue, StoredPicklist
from implementor.configuration.services.checking import (
    Identity,
    Step,
    checked_labels,
    identified,
    key_for,
    step_rank,
)
from implementor.configuration.services.versions import restamp
from implementor.foundation.choices import TONES
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.rank import rank_between
from implementor.foundation.words import say
from implementor.history.services import name_action


class LastWord(Refusal):
    """A list of which nothing can be chosen is no list."""


def words_of(session: Session, picklist: StoredPicklist) -> list[PicklistValue]:
    """The words of a list in their order, retired ones too."""
    return list(session.scalars(queries.picklist_values(picklist.id)))


def change_list(
    session: Session,
    picklist: StoredPicklist,
    *,
    labels: Mapping[str, str],
    default_key: str | None,
    by: Actor,
    at: datetime,
) -> None:
    """Rename a list and say which of its words a new record begins with (None: with none)."""
    others = [one for one in session.scalars(queries.picklists()) if one.id != picklist.id]
    checked = checked_labels(labels, others)
    in_use = {word.key for word in words_of(session, picklist) if not word.is_archived}
    if default_key is not None and default_key not in in_use:
        raise InvalidInput({"default_key": say("Choose a word that is in use.")})
    name_action(session, say("Changed the list of words %(list)s", list=picklist.label))
    picklist.label_en, picklist.label_es = checked["label_en"], checked["label_es"]
    picklist.default_key, picklist.source = default_key, BY_HAND


def add_word(
    session: Session,
    picklist: StoredPicklist,
    *,
    labels: Mapping[str, str],
    tone: str,
    by: Actor,
    at: datetime,
    identity: Identity | None = None,
) -> PicklistValue:
    """Add a word at the end of a list; its key is made of its English name and never changes."""
    words = words_of(session, picklist)
    checked = checked_labels(labels, [word for word in words if not word.is_archived])
    word = PicklistValue(
        picklist_id=picklist.id,
        key=key_for(checked["label_en"], identity, (word.key for word in words)),
        rank=rank_between(words[-1].rank if words else None, None),
        tone=_checked_tone(tone),
        **checked,
        **identified(identity),
    )
    name_action(session, say("Added %(word)s to the list %(list)s", word=word.label, list=picklist.label))
    session.add(word)
    session.flush()
    return word


def change_word(
    session: Session,
    picklist: StoredPicklist,
    word: PicklistValue,
    *,
    labels: Mapping[str, str],
    tone: str,
    by: Actor,
    at: datetime,
) -> None:
    """Rename a word or show it in another tone; records keep holding it, as they hold its key."""
    others = [one for one in words_of(session, picklist) if one.id != word.id and not one.is_archived]
    checked = checked_labels(labels, others)
    name_action(session, say("Changed %(word)s in the list %(list)s", word=word.label, list=picklist.label))
    word.label_en, word.label_es = checked["label_en"], checked["label_es"]
    word.tone, word.source = _checked_tone(tone), BY_HAND


def move_word(
    session: Session, picklist: StoredPicklist, word: PicklistValue, *, step: Step, by: Actor, at: datetime
) -> None:
    """Move a word one place up or down among those in use."""
    rank = step_rank([one for one in words_of(session, picklist) if not one.is_archived], word, step)
    if rank is not None:
        name_action(session, say("Moved %(word)s in the list %(list)s", word=word.label, list=picklist.label))
        word.rank = rank


def retire_word(session: Session, picklist: StoredPicklist, word: PicklistValue, *, by: Actor, at: datetime) -> None:
    """Offer a word no more; records that hold it go on showing it. Raises LastWord for the last one in use."""
    if word.is_archived:
        return
    if not any(one.id != word.id and not one.is_archived for one in words_of(session, picklist)):
        raise LastWord(say("This is the last word of the list. Add another one first, so that one can be chosen."))
    name_action(session, say("Retired %(word)s from the list %(list)s", word=word.label, list=picklist.label))
    word.archived_at, word.archived_by_id = at, by.user_id
    if picklist.default_key == word.key:
        picklist.default_key, picklist.source = None, BY_HAND


def restore_word(session: Session, picklist: StoredPicklist, word: PicklistValue, *, by: Actor, at: datetime) -> None:
    """Offer a retired word again. Raises InvalidInput where another word got its name meanwhile."""
    others = [one for one in words_of(session, picklist) if one.id != word.id and not one.is_archived]
    checked_labels({"label_en": word.label_en, "label_es": word.label_es}, others)
    name_action(session, say("Restored %(word)s in the list %(list)s", word=word.label, list=picklist.label))
    word.archived_at = word.archived_by_id = word.moves_to = None


def let_records_move(word: PicklistValue, to: str) -> None:
    """A retired word reads as another one from now on, until `records_moved` says that no record holds it."""
    word.moves_to = to


def still_moves(session: Session, word_uid: str) -> bool:
    """Whether records that hold the word are on their way to another one."""
    found = select(PicklistValue.moves_to).where(PicklistValue.uid == word_uid, PicklistValue.archived_at.is_not(None))
    return session.scalar(found) is not None


def records_moved(session: Session, word_uid: str) -> None:
    """No record holds the word any more, so that nothing has to be read otherwise than it is kept."""
    through = update(PicklistValue).where(PicklistValue.uid == word_uid).values(moves_to=None)
    session.execute(through, execution_options={"synchronize_session": False})
    restamp(session)


def _checked_tone(tone: str) -> str:
    if tone not in TONES:
        raise InvalidInput({"tone": say("Choose one of the tones.")})
    return tone
