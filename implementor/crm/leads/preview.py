"""What a conversion would write, before anybody converts: by the same rules, and nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy.orm import Session

from implementor.crm.leads.converting import KINDS, NEW_ONE, Chosen, may_change
from implementor.crm.leads.field_map import STAYS, TARGETS, blanks, carried, unmapped, values_for
from implementor.crm.leads.models import Lead
from implementor.crm.records.services import found_to_see
from implementor.foundation.errors import InvalidInput
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase

Fate = Literal["written", "kept", "theirs"]
NOT_SHOWN = frozenset({"currency", "owner"})


@dataclass(frozen=True)
class Line:
    """One field: which of the lead goes to which of the record, and whether it is written there.

    `kept`: the record has a value of its own. `theirs`: the reader may not change the record.
    """

    source: str
    label: Phrase
    field: str
    fate: Fate


@dataclass(frozen=True)
class Preview:
    """What becomes of one kind: a new record, or the known one with this id and title."""

    kind: str
    label: Phrase
    record_id: int | None
    title: str
    lines: tuple[Line, ...]

    @property
    def is_new(self) -> bool:
        return self.record_id is None


def previews(
    session: Session, lead: Lead, chosen: dict[str, Chosen], by: Actor
) -> tuple[list[Preview], dict[str, Phrase]]:
    """One preview for each kind that was chosen, and what is wrong with the others, by kind."""
    found: list[Preview] = []
    errors: dict[str, Phrase] = {}
    for kind in KINDS:
        wanted = chosen.get(kind)
        if wanted is None:
            continue
        try:
            record = None if wanted == NEW_ONE else found_to_see(session, TARGETS[kind], wanted, by, field=kind)
        except InvalidInput as refusal:
            errors |= refusal.errors
            continue
        found.append(_preview(session, lead, kind, record, by))
    return found, errors


def _preview(session: Session, lead: Lead, kind: str, record: Any, by: Actor) -> Preview:
    theirs = record is not None and not may_change(session, kind, record, by)
    written = values_for(lead, kind) if record is None else {} if theirs else blanks(lead, kind, record)
    lines = [
        Line(
            one.source,
            TARGETS[kind].fields[one.field].label,
            one.field,
            "written" if one.field in written else "theirs" if theirs else "kept",
        )
        for one in carried(lead)
        if one.kind == kind and one.source not in NOT_SHOWN
    ]
    title = "" if record is None else str(record.name)
    return Preview(kind, TARGETS[kind].label, None if record is None else record.id, title, tuple(lines))


def staying(lead_values: dict[str, Any]) -> list[str]:
    """The fields with a value that go nowhere: what is about the way of a lead, and what nobody mapped."""
    return [name for name in lead_values if name in {"campaign", "urgency", "score"} & STAYS or name in unmapped()]
