"""Access rules: how far a role reaches in a kind of record, and which fields it does not see or write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal

from sqlalchemy.orm import Session

from implementor.configuration import queries
from implementor.configuration.models import AccessProfile
from implementor.foundation.access import ACCESS_ROLES, FIXED_ROLE, AccessRule, Reach, governed
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Entity, Field, entities
from implementor.foundation.permissions import ROLE_LABELS, Actor, Role
from implementor.foundation.words import Phrase, say
from implementor.history.services import name_action

OPEN_ROLES = tuple(role for role in ACCESS_ROLES if role is not FIXED_ROLE)
"""The roles whose reach can be changed."""
FieldAccess = Literal["edit", "see", "hide"]
Reaches = Mapping[tuple[str, Role], tuple[Reach, Reach]]


def set_reaches(session: Session, reaches: Reaches, *, by: Actor, at: datetime) -> int:
    """Set what roles see and edit of kinds of record; returns how many rules changed.

    Raises InvalidInput, by `edit-KIND-ROLE`, where a role would edit more than it sees.
    """
    errors: dict[str, Phrase] = {}
    for (kind, role), (see, edit) in reaches.items():
        if kind not in governed or role not in OPEN_ROLES:
            errors["access"] = say("Choose from the kinds of record and roles shown.")
        if edit.width > see.width:
            errors[f"edit-{kind}-{role}"] = say("Nobody can edit what they do not see.")
    if errors:
        raise InvalidInput(errors)
    profiles = _profiles(session, {kind for kind, _ in reaches})
    changed = 0
    for (kind, role), (see, edit) in reaches.items():
        changed += _set(session, profiles, AccessRule(kind, role, see, edit), fields=False)
    session.flush()
    return changed


def set_fields(
    session: Session, kind: str, choices: Mapping[tuple[Role, str], FieldAccess], *, by: Actor, at: datetime
) -> int:
    """Say for each role and field of a kind whether it is edited, only seen, or hidden; returns how many rules changed.

    Raises InvalidInput where a field that everybody needs would be hidden or shut.
    """
    entity = entities[kind]
    needed = {field.name for field in needed_fields(entity)}
    for (role, name), choice in choices.items():
        if role not in OPEN_ROLES or name not in entity.fields:
            raise InvalidInput({"access": say("Choose from the roles and fields shown.")})
        if name in needed and choice != "edit":
            label = entity.fields[name].label
            raise InvalidInput({"access": say("%(field)s is needed in every record, so it stays open.", field=label)})
    profiles = _profiles(session, {kind})
    changed = 0
    for role in {role for role, _ in choices}:
        mine = {name: choice for (each, name), choice in choices.items() if each == role}
        rule = _present(profiles, kind, role)
        hidden = _kept(rule.hidden, mine, "hide")
        read_only = _kept(rule.read_only, mine, "see")
        wanted = AccessRule(kind, role, rule.see, rule.edit, hidden, read_only)
        changed += _set(session, profiles, wanted, fields=True)
    session.flush()
    return changed


def needed_fields(entity: Entity) -> list[Field]:
    """The fields without which a record cannot be named or made."""
    return [one for one in entity.fields.values() if one.name == entity.title_field or one.required]


def _kept(before: Iterable[str], choices: Mapping[str, FieldAccess], choice: FieldAccess) -> frozenset[str]:
    """Names under a choice: those chosen now, and those that nobody was asked about."""
    asked = {name for name, one in choices.items() if one == choice}
    return frozenset(asked | (set(before) - choices.keys()))


def _profiles(session: Session, kinds: Iterable[str]) -> dict[tuple[str, str], AccessProfile]:
    return {(row.kind, row.role): row for row in session.scalars(queries.access_profiles(kinds))}


def _present(profiles: Mapping[tuple[str, str], AccessProfile], kind: str, role: Role) -> AccessRule:
    row = profiles.get((kind, role))
    if row is None:
        return governed[kind][role]
    return AccessRule(kind, role, Reach(row.see), Reach(row.edit), frozenset(row.hidden), frozenset(row.read_only))


def _set(
    session: Session, profiles: Mapping[tuple[str, str], AccessProfile], wanted: AccessRule, *, fields: bool
) -> bool:
    present = _present(profiles, wanted.kind, wanted.role)
    if not fields:
        wanted = AccessRule(wanted.kind, wanted.role, wanted.see, wanted.edit, present.hidden, present.read_only)
    if wanted == present:
        return False
    what = entities[wanted.kind].label_plural
    name_action(session, say("Changed what a %(role)s may do with %(what)s", role=ROLE_LABELS[wanted.role], what=what))
    row = profiles.get((wanted.kind, wanted.role))
    values: dict[str, Any] = {
        "see": wanted.see.value, "edit": wanted.edit.value,
        "hidden": sorted(wanted.hidden), "read_only": sorted(wanted.read_only),
    }  # fmt: skip
    if row is None:
        session.add(AccessProfile(kind=wanted.kind, role=wanted.role.value, **values))
    for name, value in values.items() if row is not None else ():
        setattr(row, name, value)
    return True
