"""Access profiles as a kind of setting: how far a role reaches, and which fields it does not see or write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.configuration import queries as configuration
from implementor.configuration.services.access import OPEN_ROLES, FieldAccess, needed_fields, set_fields, set_reaches
from implementor.foundation import live
from implementor.foundation.access import REACH_LABELS, Access, AccessRule, Reach, governed
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Entity, Field, Kind, entities
from implementor.foundation.live import LiveConfiguration
from implementor.foundation.permissions import ROLE_LABELS, Actor, Role
from implementor.foundation.words import Label, Phrase, say
from implementor.releases.item_kinds import Finding, Image, Operation, Verb
from implementor.releases.kinds.access_findings import lost_records, shut_needs
from implementor.releases.kinds.setting import Setting, differing, in_each_language, picked

BETWEEN = "/"


class AccessKind(Setting):
    """What one role may do with records of one kind; known by both, as `lead/crm_user`. It is there always."""

    key = "access_profile"
    label = say("Access profile")
    verbs = ("change",)

    def live(self, session: Session, uid: str) -> Image | None:
        kind, role = _parts(uid)
        if role is None:
            return None
        for row in session.scalars(configuration.access_profiles([kind])):
            if row.role == role.value:
                return {
                    "kind": kind, "role": row.role, "see": row.see, "edit": row.edit,
                    "hidden": sorted(row.hidden), "read_only": sorted(row.read_only),
                }  # fmt: skip
        rule = governed[kind][role]
        return {
            "kind": kind, "role": role.value, "see": rule.see.value, "edit": rule.edit.value,
            "hidden": sorted(rule.hidden), "read_only": sorted(rule.read_only),
        }  # fmt: skip

    def become(self, session: Session, uid: str, image: Image | None, *, by: Actor, at: datetime) -> None:
        kind, role = _parts(uid)
        if role is None or image is None:
            raise InvalidInput({"target": say("Choose from the kinds of record and roles shown.")})
        set_reaches(session, {(kind, role): (Reach(image["see"]), Reach(image["edit"]))}, by=by, at=at)
        wanted: dict[tuple[Role, str], FieldAccess] = {
            (role, field.name): _access(image, field.name) for field in _governable(entities[kind])
        }
        set_fields(session, kind, wanted, by=by, at=at)

    def compared(self, operation: Operation) -> Sequence[tuple[Phrase, str, str]]:
        return differing(
            operation,
            (
                ("see", say("Sees"), lambda reach: REACH_LABELS[Reach(reach)]),
                ("edit", say("Edits"), lambda reach: REACH_LABELS[Reach(reach)]),
                ("hidden", say("Hidden fields"), _said_fields(operation)),
                ("read_only", say("Fields that are only read"), _said_fields(operation)),
            ),
        )

    def findings(self, session: Session, operation: Operation) -> Sequence[Finding]:
        kind, role = _parts(operation.uid)
        if operation.after is None or role is None:
            return ()
        now, then = (_rule(kind, role, one or {}) for one in (operation.before, operation.after))
        shut = (then.hidden | then.read_only) - (now.hidden | now.read_only)
        wanted = Access({**live.present().access.changed, (kind, role): then})
        return [*shut_needs(kind, shut), *lost_records(session, kind, role, wanted)]

    def name(self, image: Image) -> Label:
        """What it is about, as the program calls it in each language."""
        phrase = say(
            "%(list)s: %(word)s", list=entities[image["kind"]].label_plural, word=ROLE_LABELS[Role(image["role"])]
        )
        return in_each_language(phrase)

    def identity(self, session: Session, image: Image) -> str:
        return f"{image['kind']}{BETWEEN}{image['role']}"

    def targets(self, session: Session) -> Sequence[tuple[str, Phrase | str]]:
        return [
            (f"{kind}{BETWEEN}{role.value}", say("%(list)s: %(word)s", list=entities[kind].label_plural, word=label))
            for kind in sorted(governed, key=lambda kind: str(entities[kind].label_plural) if kind in entities else "")
            if kind in entities
            for role in OPEN_ROLES
            for label in (ROLE_LABELS[role],)
        ]

    def fields(self, session: Session, verb: Verb, before: Image | None) -> Sequence[Field]:
        if before is None:
            return ()
        reaches = [(reach.value, label) for reach, label in REACH_LABELS.items()]
        names = [(field.name, field.label) for field in _governable(entities[before["kind"]])]
        return (
            picked("see", say("Sees"), reaches, required=True),
            picked("edit", say("Edits"), reaches, required=True),
            replace(picked("hidden", say("Hidden fields"), names), kind=Kind.TAGS),
            replace(picked("read_only", say("Fields that are only read"), names), kind=Kind.TAGS),
        )

    def values(self, image: Image) -> dict[str, Any]:
        return dict(image)

    def image(self, session: Session, before: Image | None, values: Mapping[str, Any]) -> Image:
        if before is None:
            raise InvalidInput({"target": say("Choose from the kinds of record and roles shown.")})
        see, edit = (Reach(str(values.get(name) or before[name])) for name in ("see", "edit"))
        if edit.width > see.width:
            raise InvalidInput({"edit": say("Nobody can edit what they do not see.")})
        hidden = sorted(values.get("hidden") or ())
        read_only = sorted(set(values.get("read_only") or ()) - set(hidden))
        return {**before, "see": see.value, "edit": edit.value, "hidden": hidden, "read_only": read_only}

    def shaped(self, configuration: LiveConfiguration, operation: Operation) -> LiveConfiguration:
        image = operation.after or operation.before or {}
        kind, role = _parts(operation.uid)
        if role is None:
            return configuration
        changed = {**configuration.access.changed, (kind, role): _rule(kind, role, image)}
        return replace(configuration, access=Access(changed), _fields={})

    def previewed(self, operation: Operation) -> Sequence[str]:
        return [_parts(operation.uid)[0]]


def _parts(uid: str) -> tuple[str, Role | None]:
    """The kind of record and the role of an identity; no role for what is none."""
    kind, _, role = uid.partition(BETWEEN)
    known = {one.value: one for one in OPEN_ROLES}
    return kind, known.get(role) if kind in governed and kind in entities else None


def _rule(kind: str, role: Role, image: Image) -> AccessRule:
    return AccessRule(
        kind, role, Reach(image.get("see", Reach.NONE)), Reach(image.get("edit", Reach.NONE)),
        frozenset(image.get("hidden", ())), frozenset(image.get("read_only", ())),
    )  # fmt: skip


def _governable(entity: Entity) -> list[Field]:
    needed = {field.name for field in needed_fields(entity)}
    return [field for field in entity.fields.values() if field.name not in needed and not field.is_order]


def _access(image: Image, name: str) -> FieldAccess:
    return "hide" if name in image["hidden"] else "see" if name in image["read_only"] else "edit"


def _said_fields(operation: Operation) -> Any:
    fields = entities[_parts(operation.uid)[0]].fields
    return lambda names: ", ".join(str(fields[name].label) if name in fields else name for name in names)
