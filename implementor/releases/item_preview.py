"""The form of a kind of record as it would be with a setting, drawn from the configuration that results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation import live
from implementor.foundation.fields import Entity, Scope, entities
from implementor.foundation.permissions import ROLE_LABELS, Actor, Role
from implementor.foundation.words import Phrase
from implementor.releases.item_kinds import Operation
from implementor.releases.setting_kinds import SettingKind
from implementor.web.forms import CatalogueForm, form_class

PREFIX = "preview-"


@dataclass(frozen=True)
class Preview:
    """The form of new records of a kind as somebody with a role would see it, empty."""

    entity: Entity
    form: CatalogueForm
    role: Role

    @property
    def role_label(self) -> Phrase:
        return ROLE_LABELS[self.role]


def preview_of(session: Session, kind: SettingKind, operation: Operation, actor: Actor) -> Preview | None:
    """What the operation makes of a form; None for kinds of setting that change none."""
    kinds = [one for one in kind.previewed(operation) if one in entities]
    if not kinds:
        return None
    entity = entities[kinds[0]]
    role = _role(operation)
    configuration = kind.shaped(live.present(), operation)
    with live.living(configuration):
        looks = Actor(actor.user_id, actor.name, roles=frozenset({role, Role.SIGNED_IN}))
        scope = Scope(None, looks)
        made: Any = form_class(entity.editable_by(looks), scope, session)
        begun = {name: field.first_value(scope) for name, field in made.catalogue.items()}
        form = made(formdata=None, prefix=PREFIX, data={name: one for name, one in begun.items() if one is not None})
        for one in form:
            getattr(one, "choices", None)  # read under this configuration: the page is drawn under the present one
        return Preview(entity, form, role)


def _role(operation: Operation) -> Role:
    """Whose form it is: that of the role that the setting is about, else of whoever sells."""
    image = operation.after or operation.before or {}
    named = str(image.get("role") or "")
    return Role(named) if named in {one.value for one in Role} else Role.CRM_USER
