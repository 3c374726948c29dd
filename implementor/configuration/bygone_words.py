"""Rows of the configuration in words, and what differs between two days of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from implementor.configuration.bygone import Rows, Values
from implementor.foundation.fields import Field, Kind, entities
from implementor.foundation.permissions import ROLE_LABELS, Role
from implementor.foundation.words import Phrase, say, speech

PARENTS = {"picklist_value": ("picklist_id", "picklist"), "pipeline_stage": ("pipeline_id", "pipeline")}
SILENT = frozenset({"updated_at", "version", "source", "created_at", "created_by_id", "updated_by_id", "rank", "id",
                    "uid", "index_state"})  # fmt: skip
"""What says nothing about how the CRM is: a row that differs in these alone is the same."""
FURTHER = say("Further details")
YES, NO = say("yes"), say("no")
Verb = Literal["added", "removed", "changed"]
Which = tuple[str, int]


@dataclass(frozen=True)
class Line:
    """One part of a row that differs, in words; nothing is an empty text."""

    what: Phrase
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    """One setting that is not the same on two days."""

    which: Which
    kind: Phrase | str
    name: str
    verb: Verb
    lines: Sequence[Line]


@dataclass(frozen=True)
class Known:
    """One setting of a day: its name, whether it was in use, and what it was in words."""

    which: Which
    name: str
    in_use: bool
    lines: Sequence[Line]


def label_of_kind(kind: str) -> Phrase | str:
    """What such rows are called."""
    return entities[kind].label_plural if kind in entities else kind


def known_by_kind(rows: Rows) -> Mapping[str, Sequence[Known]]:
    """The settings of a day by kind of row, by name within each."""
    found: dict[str, list[Known]] = {}
    for which in rows:
        lines = _lines(which[0], {}, rows[which])
        found.setdefault(which[0], []).append(Known(which, name_of(rows, which), is_in_use(rows[which]), lines))
    return {kind: sorted(found[kind], key=lambda one: one.name) for kind in sorted(found)}


def differences(before: Rows, after: Rows) -> list[Difference]:
    """What was added, removed or changed between two days; what is out of use on both is passed over."""
    found = []
    for which in sorted({*before, *after}):
        was, became = before.get(which), after.get(which)
        verb = _verb(was, became)
        if verb is not None:
            rows = after if which in after else before
            lines = _lines(which[0], was or {}, became or {}) if verb == "changed" else ()
            found.append(Difference(which, label_of_kind(which[0]), name_of(rows, which), verb, lines))
    return found


def is_in_use(values: Values | None) -> bool:
    """Whether a row is there and was not put away."""
    return values is not None and values.get("archived_at") is None


def name_of(rows: Rows, which: Which) -> str:
    """A row by name, with what it is part of."""
    kind, values = which[0], rows[which]
    own = str(_label(values) or values.get("name") or "")
    if kind in PARENTS:
        attribute, parent = PARENTS[kind]
        above = rows.get((parent, values.get(attribute) or 0))
        return f"{_label(above)}: {own}" if above is not None else own
    of = entities[values["kind"]].label_plural if values.get("kind") in entities else values.get("kind", "")
    if "role" in values:
        role = ROLE_LABELS.get(values["role"]) if values["role"] in set(Role) else values["role"]
        return f"{of}: {role}"
    return ": ".join(str(part) for part in (of, own) if str(part)) or str(values.get("key") or values.get("uid") or "")


def _label(values: Values) -> Any:
    return values.get(f"label_{speech().language}") or values.get("label_en")


def _verb(was: Values | None, became: Values | None) -> Verb | None:
    if not is_in_use(became):
        return "removed" if is_in_use(was) else None
    if not is_in_use(was):
        return "added"
    return "changed" if _speaking(was or {}) != _speaking(became or {}) else None


def _speaking(values: Values) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in SILENT}


def _lines(kind: str, was: Values, became: Values) -> list[Line]:
    """The declared fields that differ, then whether anything else does."""
    entity = entities.get(kind)
    named = {one.attribute: one for one in entity.declared.values()} if entity is not None else {}
    differing = [one for one in {**was, **became} if one not in SILENT and was.get(one) != became.get(one)]
    lines = [
        Line(named[one].label, said(named[one], was.get(one)), said(named[one], became.get(one)))
        for one in named if one in differing
    ]  # fmt: skip
    shown = [one for one in lines if one.before != one.after]
    if was and any(one not in named for one in differing):
        shown.append(Line(FURTHER, "", str(YES)))
    return shown


def said(field: Field, value: Any) -> str:
    """One stored value for reading; an empty text for none."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return str(YES if value else NO)
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    choice = field.choice(value) if field.kind is Kind.CHOICE else None
    if choice is not None:
        return str(choice.label)
    return str(value)[:10] if field.kind is Kind.MOMENT else str(value)
