"""The configuration of a pilot: what is live with its settings over it, for those who try them and for the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from implementor.configuration.overlays import Overlay
from implementor.configuration.services.checking import new_key
from implementor.foundation.choices import Picklist
from implementor.foundation.live import LiveConfiguration
from implementor.foundation.words import Phrase, say
from implementor.releases import pilot_queries as queries
from implementor.releases.item_kinds import Operation
from implementor.releases.pilot_models import ConfigPilot
from implementor.releases.setting_kinds import setting_kind

PILOTED: Mapping[str, frozenset[str]] = {
    "custom_field": frozenset({"add", "change", "retire"}), "choice_value": frozenset({"add", "change"}),
    "required_rule": frozenset({"add", "change", "retire"}), "field_label": frozenset({"add", "change", "retire"}),
    "kind_label": frozenset({"add", "change", "retire"}), "list_columns": frozenset({"change"}),
    "page_layout": frozenset({"change"}), "access_profile": frozenset({"change"}),
}  # fmt: skip
"""What two groups of people can have differently at the same time: it says how records are shown, asked for and
reached, and moves none of them."""
WHY_NOT = say("It moves records or works on them by itself, so it cannot be otherwise for some people only.")


def why_not(operation: Operation) -> Phrase | None:
    """Why a setting cannot be tried by some people first; None where it can."""
    return None if operation.verb in PILOTED.get(operation.kind, ()) else WHY_NOT


def kept_operation(operation: Operation) -> dict[str, Any]:
    """An operation as a pilot keeps it."""
    return {
        "kind": operation.kind, "verb": operation.verb, "uid": operation.uid, "before": _plain(operation.before),
        "after": _plain(operation.after),
    }  # fmt: skip


def operations_of(pilot: ConfigPilot) -> list[Operation]:
    """The settings of a pilot in their order."""
    return [Operation(one["kind"], one["verb"], one["uid"], one["before"], one["after"]) for one in pilot.operations]


def seen_by_members(base: LiveConfiguration, operations: Iterable[Operation]) -> LiveConfiguration:
    """What is live, with every setting of the pilot."""
    found = base
    for operation in operations:
        kind = setting_kind(operation.kind)
        if kind is None:
            continue
        named = _with_word_key(found, operation)
        found = kind.shaped(found, named)
        if named.kind == "custom_field" and named.verb == "add":
            found = _with_released_keys(found, f"field.{named.uid}")
    return found


def seen_by_others(base: LiveConfiguration, members: LiveConfiguration) -> LiveConfiguration:
    """What is live, so that what members enter stays: their fields as withdrawn ones, their words as retired ones."""
    lists = dict(base.picklists)
    for key, theirs in members.picklists.items():
        if key not in lists:
            lists[key] = theirs
            continue
        known = {value.key for value in lists[key].values}
        more = [replace(one, is_active=False, is_default=False) for one in theirs.values if one.key not in known]
        lists[key] = replace(lists[key], values=(*lists[key].values, *more)) if more else lists[key]
    return replace(base, picklists=lists, custom={**members.custom, **base.custom}, _fields={})


def overlay_of(session: Session, everybody: LiveConfiguration) -> Overlay | None:
    """The pilot that stands now over what is live; asked once for each stamp."""
    pilot = session.scalars(queries.standing_pilot()).one_or_none()
    if pilot is None:
        return None
    members = seen_by_members(everybody, operations_of(pilot))
    return Overlay(
        replace(members, stamp=f"{everybody.stamp}+{pilot.id}", _fields={}), seen_by_others(everybody, members),
        partial(queries.membership, pilot.id),
    )  # fmt: skip


def _plain(image: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if image is None else dict(image)


def _with_word_key(configuration: LiveConfiguration, operation: Operation) -> Operation:
    """A new word under the key that its release gives it, so that records need not be written anew."""
    image = operation.after
    if operation.kind != "choice_value" or image is None or image.get("key"):
        return operation
    taken = [one.key for one in configuration.picklist(image["list"]).values]
    return replace(operation, after={**image, "key": new_key(image["label"]["en"], taken)})


def _with_released_keys(configuration: LiveConfiguration, key: str) -> LiveConfiguration:
    """The words of a new field under the keys that its release gives them."""
    words = configuration.picklists.get(key)
    if words is None:
        return configuration
    taken: list[str] = []
    for one in words.values:
        taken.append(new_key(_english(one.label), taken))
    values = tuple(replace(one, key=name) for one, name in zip(words.values, taken, strict=True))
    lists: Mapping[str, Picklist] = {**configuration.picklists, key: replace(words, values=values)}
    return replace(configuration, picklists=lists, _fields={})


def _english(label: Any) -> str:
    return str(label.texts["en"])


def refused(operations: Sequence[Operation]) -> list[Operation]:
    """Those of the settings that cannot be tried by some people first."""
    return [one for one in operations if why_not(one) is not None]
