"""The company's own words for the fields that the program declares, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.configuration.models import FieldLabel
from implementor.configuration.services.checking import checked_labels
from implementor.configuration.services.kinds import placeable, shapeable
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Entity
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Speech, say, speaking
from implementor.history.services import name_action


@dataclass
class Named:
    """What a field is called in each language."""

    label_en: str = ""
    label_es: str = ""


def rename_field(
    session: Session,
    kind: str,
    field: str,
    labels: Mapping[str, str],
    *,
    speeches: Sequence[Speech],
    by: Actor,
    at: datetime,
) -> FieldLabel:
    """Call a declared field otherwise everywhere. `speeches` are those of the languages of configuration.

    Raises InvalidInput where a language is missing or another field of the kind is called so.
    """
    entity = shapeable(kind)
    if field not in entity.declared or field not in placeable(entity):
        raise InvalidInput({"field": say("Choose a field that the program brought.")})
    checked = checked_labels(labels, names_of(entity, speeches, but=field).values())
    row = stored_name(session, kind, field)
    name_action(session, say("Renamed the field %(field)s", field=entity.fields[field].label))
    if row is None:
        row = FieldLabel(kind=kind, field=field, **checked)
        session.add(row)
    row.label_en, row.label_es = checked["label_en"], checked["label_es"]
    row.archived_at = row.archived_by_id = None
    session.flush()
    return row


def unname_field(session: Session, row: FieldLabel, *, by: Actor, at: datetime) -> None:
    """Call a field as the program calls it again."""
    if row.archived_at is None:
        name_action(session, say("Took back the name %(field)s", field=row.label))
        row.archived_at, row.archived_by_id = at, by.user_id
        session.flush()


def stored_name(session: Session, kind: str, field: str) -> FieldLabel | None:
    """The name that was given to a field, put away ones too."""
    found: FieldLabel | None = session.scalars(
        select(FieldLabel).where(FieldLabel.kind == kind, FieldLabel.field == field)
    ).one_or_none()
    return found


def names_of(entity: Entity, speeches: Sequence[Speech], *, but: str = "") -> dict[str, Named]:
    """What the fields of a kind that people see are called in each language, by name; all but one."""
    found = {name: Named() for name in placeable(entity) if name != but}
    for speech in speeches:
        with speaking(speech):
            for name, named in found.items():
                setattr(named, f"label_{speech.language}", str(entity.fields[name].label))
    return found
