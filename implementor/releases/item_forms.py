"""The form of a setting: what its kind asks, filled in with what it is or shall be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.fields import Field, Kind, Scope
from implementor.releases.item_kinds import Image, Operation, Verb
from implementor.releases.setting_kinds import SettingKind
from implementor.web.forms import CatalogueForm, CheckboxesField, form_class, offered, shown_value


def setting_form(
    kind: SettingKind, verb: Verb, before: Image | None, shown: Mapping[str, Any], scope: Scope, session: Session
) -> CatalogueForm:
    """What a kind asks of a verb; `shown` are the values that it begins with."""
    fields = kind.fields(session, verb, before)
    base = form_class(fields, scope, session)
    boxes = {field.name: _boxes(field) for field in fields if field.kind is Kind.TAGS and field.choices}
    made: Any = type("SettingForm", (base,), boxes)
    data = {field.name: _begun(field, shown.get(field.name), field.name in boxes) for field in fields}
    form: CatalogueForm = made(data=data)
    return form


def values_of(kind: SettingKind, operation: Operation) -> Mapping[str, Any]:
    """The values that a form of this operation shows: what shall be, else what is, or the answers given."""
    if operation.verb == "retire":
        return operation.answers
    image = operation.after or operation.before
    return kind.values(image) if image is not None else {}


def _boxes(field: Field) -> Any:
    choices = offered((choice.key, choice.label) for choice in field.choices)
    told: dict[str, Any] = {"label": field.label, "description": field.hint or ""}
    return CheckboxesField(choices=choices, **told)


def _begun(field: Field, value: Any, is_boxes: bool) -> Any:
    if value is None:
        return None
    return list(value) if is_boxes else shown_value(field, value)
