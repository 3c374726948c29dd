"""The stage of an imported lead and why it ended there, as the columns of other systems tell of them together."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from implementor.crm.leads.import_headers import CONVERTED_FLAG, LOST_AT, MEANINGS, REASON, RECYCLED_AT, SECOND_STATUS
from implementor.crm.leads.lifecycle import CONVERTED, ENDS, LOST, NEW, RECYCLED, place
from implementor.crm.leads.services import MOMENTS
from implementor.crm.leads.words import REASONS, STAGES
from implementor.exchange.records.declaring import Draft
from implementor.exchange.records.reading import print_of, word_key
from implementor.exchange.records.targets import in_both
from implementor.foundation import live
from implementor.foundation.text import folded

LONGEST_WORD = 80
LONGEST_NOTE = 2000
OTHER = "other"
ENDED = {LOST: LOST_AT, RECYCLED: RECYCLED_AT}
"""Stage -> the target that says when a lead came to its end."""


def take_stage(draft: Draft) -> None:
    """Work out where the lead stands from all that the row says of it, and learn the words of its reason."""
    stage = _told(draft)
    if stage is None:
        return
    if stage != draft.values.get("stage"):
        draft.values["stage"], draft.marks["stage"] = stage, print_of(stage)
    text = draft.text(REASON)
    if text and stage in REASONS and not _known_reason(stage, text) and len(text) <= LONGEST_WORD:
        draft.words.setdefault(REASONS[stage].key, {})[word_key(text)] = text


def moments_told(draft: Draft) -> dict[str, datetime]:
    """When the lead came to its end, by stage, as far as the row says."""
    texts = {stage: draft.text(target) for stage, target in ENDED.items()}
    return {stage: datetime.fromisoformat(text) for stage, text in texts.items() if text}


def reason_of(draft: Draft, stage: str) -> tuple[str | None, str | None]:
    """(word of the stage's list, note) that say why a lead came into it; what is too long for a word is a note."""
    text = draft.text(REASON)
    if not text or stage not in REASONS:
        return None, None
    known = _known_reason(stage, text)
    if known or len(text) <= LONGEST_WORD:
        return known or word_key(text), None
    return OTHER, text[:LONGEST_NOTE]


def _told(draft: Draft) -> str | None:
    """The stage that a row means: its own column, else a second status, a flag, or the last step that has a day."""
    stage: str | None = draft.values.get("stage")
    second = _meant(draft.text(SECOND_STATUS))
    if second in ENDS and stage != CONVERTED:
        return second
    if second is not None and place(second) > place(stage or NEW) and stage not in ENDS:
        stage = second
    if stage not in (None, NEW):
        return stage
    if draft.text(CONVERTED_FLAG):
        return CONVERTED
    ends = moments_told(draft)
    steps = [each for each, name in MOMENTS.items() if draft.values.get(name) is not None]
    dated = next(iter(ends), None) or max(steps, key=place, default=None)
    return dated or stage or second or (LOST if draft.text(REASON) else None)


def _meant(text: str) -> str | None:
    if not text:
        return None
    word = folded(text)
    return MEANINGS["stage"].get(word) or _stages_by_word().get(word)


@cache
def _stages_by_word() -> dict[str, str]:
    return {folded(said): one.key for one in STAGES for said in (one.key, *in_both(one.label))}


def _known_reason(stage: str, text: str) -> str | None:
    choices = live.present().picklist(REASONS[stage].key).values
    words = {folded(said): one.key for one in choices for said in (one.key, *in_both(one.label))}
    usual = MEANINGS[REASON].get(folded(text))
    return words.get(folded(text)) or (usual if usual in {one.key for one in choices} else None)
