"""The configuration of a pilot: what is live with its settings over it, for those who try them and for the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
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
    """The pilots that stand now over what is live; asked once for each stamp."""
    pilots = {one.id: operations_of(one) for one in session.scalars(queries.standing_pilots())}
    return Overlay(queries.memberships, Trials(everybody, pilots).of) if pilots else None


class Trials:
    """What is live with each set of pilots over it, made when the first person of that set comes."""

    def __init__(self, everybody: LiveConfiguration, pilots: Mapping[int, Sequence[Operation]]) -> None:
        """Know the settings of each pilot that stands."""
        self._everybody, self._pilots = everybody, pilots
        self._all = seen_by_members(everybody, [one for settings in pilots.values() for one in settings])
        self._made: dict[frozenset[int], LiveConfiguration] = {}

    def of(self, tried: frozenset[int]) -> LiveConfiguration:
        """What people work with who try these pilots and no other."""
        mine = [number for number in self._pilots if number in tried]
        key = frozenset(mine)
        if key not in self._made:
            settings = [one for number in mine for one in self._pilots[number]]
            found = seen_by_others(seen_by_members(self._everybody, settings), self._all)
            stamp = "+".join([self._everybody.stamp, *map(str, mine)])
            self._made[key] = replace(found, stamp=stamp, _fields={})
        return self._made[key]


def places_of(operation: Operation) -> frozenset[tuple[str, str]]:
    """What a setting changes; two pilots at once never change the same, or nobody could say what is whose."""
    image = operation.after or operation.before or {}
    listed = {("picklist", str(image["list"]))} if operation.kind == "choice_value" else set()
    return frozenset({(operation.kind, operation.uid), *listed})


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
