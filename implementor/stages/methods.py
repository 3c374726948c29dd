"""What a method is: its stages, what must come out of each, what is checked at its gate and who signs there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from implementor.foundation.permissions import ROLE_LABELS, Role
from implementor.foundation.words import Label

START, CLOSE, FINISH = "start", "close", "finish"
DEEDS = (START, CLOSE, FINISH)
"""What a wave does when it passes the gate of a stage."""
LONGEST_WAIVER = 730
"""Days; no method lets a line be for longer."""


@dataclass(frozen=True)
class Item:
    """One line of a gate: a check computed from data, or with no `check` one that `role` ticks with evidence.

    `minimum` is the per cent of what is counted that must hold. A line marked `no_go` cannot be waived. `weight` says
    how much it counts for readiness. A deliverable is something that must have come out of the stage.
    """

    key: str
    names: dict[str, str]
    role: str
    check: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    minimum: int = 100
    weight: int = 1
    no_go: bool = False
    is_deliverable: bool = False

    @property
    def label(self) -> Label:
        """What must hold, in the reader's language."""
        return Label(self.names)


@dataclass(frozen=True)
class StageOfMethod:
    """One stage as the method defines it; texts by language code.

    `passes` is the deed of a wave that its gate allows, empty for stages of the project. `goes_live`: passing it sets a
    wave's work live. `signatures` are the roles that sign its gate; without any the stage has no gate.
    """

    key: str
    scope: str
    names: dict[str, str]
    purposes: dict[str, str]
    goes_live: bool = False
    passes: str = ""
    signatures: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()

    @property
    def is_gated(self) -> bool:
        """Whether nobody goes on without signatures."""
        return bool(self.signatures)

    @property
    def signed_by(self) -> str:
        """The roles that sign, in words of the reader's language."""
        return ", ".join(str(ROLE_LABELS[Role(role)]) for role in self.signatures)

    @property
    def label(self) -> Label:
        """Its name, in the reader's language."""
        return Label(self.names)


@dataclass(frozen=True)
class Method:
    """A way to run a rollout; a project keeps the version that it began with until it is moved to a newer one.

    Readiness below `red_below` per cent is red, from `green_from` on green; a waiver lasts at most
    `longest_waiver` days.
    """

    key: str
    version: int
    names: dict[str, str]
    stages: tuple[StageOfMethod, ...]
    red_below: int = 85
    green_from: int = 95
    longest_waiver: int = 90

    @property
    def label(self) -> Label:
        """Its name, in the reader's language."""
        return Label(self.names)

    def stage(self, key: str) -> StageOfMethod | None:
        """The stage of that key."""
        return next((one for one in self.stages if one.key == key), None)


def data_of(method: Method) -> dict[str, Any]:
    """The method as it is stored; `method_of_data` reads it."""
    return asdict(method)


def method_of_data(data: Mapping[str, Any]) -> Method:
    """The method that `data_of` or a shipped file holds; what a file leaves out is as the classes say."""
    stages = tuple(_stage_of_data(one) for one in data["stages"])
    return Method(**{**data, "stages": stages})


def _stage_of_data(data: Mapping[str, Any]) -> StageOfMethod:
    items = [Item(**one) for one in data.get("items", ())]
    items += [Item(**one, is_deliverable=True) for one in data.get("deliverables", ())]
    known = {name: value for name, value in data.items() if name != "deliverables"}
    return StageOfMethod(**{**known, "signatures": tuple(data.get("signatures", ())), "items": tuple(items)})


def with_stage(method: Method, stage: StageOfMethod) -> Method:
    """The method with this stage in the place of the one of the same key."""
    return replace(method, stages=tuple(stage if one.key == stage.key else one for one in method.stages))


def with_item(stage: StageOfMethod, item: Item) -> StageOfMethod:
    """The stage with this line in the place of the one of the same key, or at the end."""
    items = tuple(item if one.key == item.key else one for one in stage.items)
    return replace(stage, items=items if item in items else (*items, item))


def without_item(stage: StageOfMethod, key: str) -> StageOfMethod:
    """The stage without the line of that key."""
    return replace(stage, items=tuple(one for one in stage.items if one.key != key))


@dataclass(frozen=True)
class StageChange:
    """What another version of a method changes in one stage; `changed` pairs each line before and after."""

    stage: StageOfMethod
    added: tuple[Item, ...]
    gone: tuple[Item, ...]
    changed: tuple[tuple[Item, Item], ...]
    signatures_before: tuple[str, ...]

    @property
    def changes_signatures(self) -> bool:
        """Whether other roles sign."""
        return set(self.signatures_before) != set(self.stage.signatures)

    @property
    def is_empty(self) -> bool:
        """Whether nothing of what its gate asks is different."""
        return not (self.added or self.gone or self.changed or self.changes_signatures)


def changes_between(before: Method, after: Method) -> list[StageChange]:
    """What moving a project from one version to another changes, stage by stage; stages left alone are left out."""
    known = {stage.key: stage for stage in before.stages}
    compared = [_stage_change(known.get(stage.key), stage) for stage in after.stages]
    return [one for one in compared if not one.is_empty]


def _stage_change(before: StageOfMethod | None, after: StageOfMethod) -> StageChange:
    old = _by_key(before.items if before else ())
    new = _by_key(after.items)
    return StageChange(
        after,
        added=tuple(item for key, item in new.items() if key not in old),
        gone=tuple(item for key, item in old.items() if key not in new),
        changed=tuple((old[key], item) for key, item in new.items() if key in old and old[key] != item),
        signatures_before=before.signatures if before else (),
    )


def _by_key(items: Iterable[Item]) -> dict[str, Item]:
    return {item.key: item for item in items}


def faults_of(method: Method, *, checks: Sequence[str], roles: Sequence[str]) -> list[str]:
    """What keeps a method from use, by key of line or stage: texts, checks and roles unknown, limits out of order."""
    faults = [] if 0 <= method.red_below <= method.green_from <= 100 else ["limits"]
    faults += [] if 1 <= method.longest_waiver <= LONGEST_WAIVER else ["limits"]
    for stage in method.stages:
        texts = [stage.names, stage.purposes, *(item.names for item in stage.items)]
        if not all(text.get(language) for text in texts for language in ("en", "es")):
            faults.append(stage.key)
        if len({item.key for item in stage.items}) < len(stage.items):
            faults.append(stage.key)
        faults += [role for role in stage.signatures if role not in roles]
        faults += [item.key for item in stage.items if item.check and item.check not in checks]
        faults += [item.key for item in stage.items if item.role not in roles or item.weight < 1]
        faults += [item.key for item in stage.items if not 0 <= item.minimum <= 100]
    return faults
