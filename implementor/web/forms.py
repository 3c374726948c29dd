"""Forms made from the field catalogue: what a field is there decides how it is asked here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import g, has_request_context
from flask_wtf import FlaskForm
from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms import Field as Input
from wtforms.fields import choices as choice_fields
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, DateTimeLocalInput, ListWidget

from implementor.foundation import words
from implementor.foundation.conventions import present_reading
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Entity, Field, Kind, Options, Scope
from implementor.foundation.model import Rows
from implementor.foundation.money import currency_choices
from implementor.foundation.needs import always_needed
from implementor.foundation.statements import kept
from implementor.foundation.text import clean
from implementor.foundation.values import BadValue, as_stored, currency_of, stored_values, typed_text
from implementor.foundation.words import Phrase, speech
from implementor.web.idempotency import new_key
from implementor.web.lookup_field import LookupField
from implementor.web.seals import FormSeal

EMPTY_CHOICE = ("", "–")
AS_STORED = (Kind.LINE, Kind.TEXT, Kind.MARKDOWN, Kind.DATE, Kind.YES_NO, Kind.CHOICE, Kind.CHOICES)
KEYBOARDS = {
    Kind.WHOLE: "numeric",
    Kind.DECIMAL: "decimal",
    Kind.PERCENT: "decimal",
    Kind.EMAIL: "email",
    Kind.PHONE: "tel",
    Kind.URL: "url",
}
"""Which keys a telephone offers; an amount may want letters, for its currency."""
say: Any = words.say
"""For labels and hints of forms: WTForms declares them as str, but only ever prints them."""
SelectChoice: Any = vars(choice_fields)["SelectChoice"]  # the published types are older than the library


def offered(pairs: Iterable[tuple[Any, Any]]) -> list[Any]:
    """Choices from (key, label) pairs, as WTForms wants them."""
    return [SelectChoice(str(key), label) for key, label in pairs]


class CheckboxesField(SelectMultipleField):
    """Several choices, each with its own box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class PickedField(SelectField):
    """One of many, which are read once they are drawn or one was chosen: what is sent empty asks for none."""

    def __init__(self, *given: Any, may_be_empty: bool = True, **named: Any) -> None:
        super().__init__(*given, **named)
        self.may_be_empty = may_be_empty

    def pre_validate(self, form: Any) -> None:
        """Refuse what is not on offer."""
        if self.data or not self.may_be_empty:
            super().pre_validate(form)


class Form(FlaskForm):  # type: ignore[misc]
    """A form of ours: one hidden key so that sending it twice does it once."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """How the library makes our forms."""

        csrf_class = FormSeal

    idempotency_key = HiddenField(default=new_key)

    def refuse(self, refusal: InvalidInput) -> None:
        """Show what a service said beside the fields it is about."""
        for name, reason in refusal.errors.items():
            if name in self._fields:
                self._fields[name].errors = [*self._fields[name].errors, reason]
            else:
                self.form_errors.append(reason)


class CatalogueForm(Form):
    """A form over catalogue fields; `values()` are what the service stores."""

    catalogue: Mapping[str, Field] = {}
    currencies: Mapping[str, str] = {}
    """Of the amounts that the record has now, by the name of their field."""
    version = HiddenField()

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the token and shape, then each value by the catalogue's own rules."""
        valid = bool(super().validate(extra_validators))
        for name, field in self.catalogue.items():
            if isinstance(self._fields[name], LookupField) and self._fields[name].errors:
                continue
            try:
                as_stored(field, self._raw(name), present_reading(self.currencies.get(name)))
            except BadValue as bad:
                self._fields[name].errors = [*self._fields[name].errors, bad.reason]
                valid = False
        return valid

    def values(self) -> dict[str, Any]:
        """Stored values of every catalogue field of the form; call after `validate`."""
        typed = {name: self._raw(name) for name in self.catalogue}
        return stored_values(self.catalogue, typed, present_reading(), self.currencies)

    def catalogue_inputs(self) -> list[Input]:
        """The inputs of catalogue fields, in its order."""
        return [self._fields[name] for name in self.catalogue]

    def grouped(self) -> list[tuple[Phrase | None, list[Input]]]:
        """The inputs under the headings of the catalogue, in its order."""
        groups: dict[str, tuple[Phrase | None, list[Input]]] = {}
        for name, field in self.catalogue.items():
            key = field.group.message if field.group else ""
            groups.setdefault(key, (field.group, []))[1].append(self._fields[name])
        return list(groups.values())

    def _raw(self, name: str) -> Any:
        data = self._fields[name].data
        return "" if data is None else data


def form_class(fields: Iterable[Field], scope: Scope, session: Session) -> type[CatalogueForm]:
    """A form asking for these fields; choices of references are read for the scope."""
    catalogue = {field.name: field for field in fields}
    for field in list(catalogue.values()):
        catalogue.pop(field.currency_name or "", None)  # an amount is typed with its currency
    inputs: dict[str, Any] = {name: _input(field, scope, session) for name, field in catalogue.items()}
    return type("EntityForm", (CatalogueForm,), {**inputs, "catalogue": catalogue})


def filled_form(entity: Entity, names: Iterable[str], record: Any, scope: Scope, session: Session) -> CatalogueForm:
    """A form over some fields of an entity that shows a record's present values (or none for a new one)."""
    editable = [entity.fields[name] for name in names if entity.fields[name].is_editable_by(scope.actor)]
    made = form_class(editable, scope, session)
    needed = always_needed(entity, is_new=record is None)
    if record is None:
        return _marked(made(), needed)
    made.currencies = {field.name: code for field in editable if (code := currency_of(field, record))}
    shown = {
        field.name: shown_value(field, getattr(record, field.attribute, None), made.currencies.get(field.name))
        for field in editable
    }
    form = made(data={**shown, "version": record.version})
    for field in editable:
        if field.kind is Kind.REFERENCE and shown[field.name] and field.target is None:
            _keep_choice(form[field.name], field, entity, record, session)
        if field.picklist is not None and shown[field.name]:
            held = shown[field.name]
            for key in held if isinstance(held, list) else [held]:
                _keep_retired(form[field.name], field, key)
    return _marked(form, needed)


def _marked(form: CatalogueForm, needed: Iterable[str]) -> CatalogueForm:
    """Say of the fields that rules need that they must be filled in."""
    for name in needed:
        if name in form.catalogue and form.catalogue[name].kind is not Kind.CHOICES:  # each box would be needed
            form[name].render_kw = {**(form[name].render_kw or {}), "required": True}
    return form


def _keep_choice(select_field: Any, field: Field, entity: Entity, record: Any, session: Session) -> None:
    """Offer what the record points at now, though nobody would choose it today, so that saving does not clear it."""
    present = shown_value(field, getattr(record, field.attribute))
    if any(choice.value == present for choice in select_field.choices) or field.shown is None:
        return
    found = select(field.shown).select_from(entity.model).where(entity.model.id == record.id)
    label = session.scalar(field.join(found) if field.join is not None else found)
    select_field.choices = [*select_field.choices, *offered([(present, label)])]


def _keep_retired(select_field: Any, field: Field, key: str) -> None:
    """Offer the word that the record holds though it is retired, so that saving does not clear it."""
    held = field.choice(key)
    if held is not None and not held.is_active:
        select_field.choices = [*select_field.choices, *offered([(held.key, held.label)])]


def shown_value(field: Field, value: Any, currency: str | None = None) -> Any:
    """A stored value as an input shows it; `currency` is that of an amount."""
    return value if field.kind in AS_STORED else typed_text(field, value, currency)


def _input(field: Field, scope: Scope, session: Session) -> Input:
    render = _attributes(field)
    common: dict[str, Any] = {"label": field.label, "description": field.hint or "", "render_kw": render}
    match field.kind:
        case Kind.TEXT | Kind.MARKDOWN:
            return TextAreaField(filters=[_showable], **common)
        case Kind.YES_NO:
            return BooleanField(**common)
        case Kind.DATE:
            return DateField(validators=[Optional()], **common)
        case Kind.MOMENT:
            return StringField(widget=DateTimeLocalInput(), **common)
        case Kind.CHOICES:
            return CheckboxesField(choices=_boxes(field), validate_choice=False, **common)
        case Kind.CHOICE | Kind.REFERENCE | Kind.CURRENCY:
            return _picked_input(field, scope, session, common)
    return StringField(filters=[_showable], **common)


def _boxes(field: Field) -> list[Any]:
    return offered((choice.key, choice.label) for choice in field.offered_choices)


def _picked_input(field: Field, scope: Scope, session: Session, common: dict[str, Any]) -> Input:
    """An input whose value is one of many, few enough to show or found by name."""
    if field.target is not None:
        return LookupField(target=field.target, actor=scope.actor, session=session, **common)
    return PickedField(
        choices=lambda: _choices(field, scope, session), validate_choice=field.kind is Kind.REFERENCE,
        may_be_empty=not field.required, **common,
    )  # fmt: skip


def _showable(text: Any) -> Any:
    """What was typed as a refused form shows it again: a control character would end the value there."""
    return clean(text) if isinstance(text, str) else text


def _attributes(field: Field) -> dict[str, Any]:
    attributes: dict[str, Any] = {"data-kind": field.kind.value}
    if field.kind is Kind.MARKDOWN:
        attributes["data-preview-url"] = "/markdown/preview"
    if field.required and field.kind is not Kind.CHOICES:  # each box would be needed
        attributes["required"] = True
    if field.kind in KEYBOARDS:
        attributes["inputmode"] = KEYBOARDS[field.kind]
    if field.kind is Kind.LINE:
        attributes["maxlength"] = field.longest
    if field.offered:
        attributes["list"] = f"offered_{field.name}"
    return attributes


def choices_of(field: Field, scope: Scope, session: Session) -> list[tuple[str, Any]]:
    """The (key, label) pairs that a field may hold in this scope."""
    if field.kind is Kind.CHOICE:
        return [(choice.key, choice.label) for choice in field.offered_choices]
    if field.kind is Kind.CURRENCY:
        return list(currency_choices(speech().language))
    if field.options is None:
        return []
    known: dict[Any, list[tuple[str, Any]]] = g.setdefault("choices", {}) if has_request_context() else {}
    place = (field.options, scope.project_id)
    if place not in known:  # forms of one page ask for the same people and areas again and again
        known[place] = [(str(row[0]), row[1]) for row in session.execute(_options(field.options, scope))]
    return known[place]


@kept
def _options(options: Options, scope: Scope) -> Rows:
    return options(scope)


def _choices(field: Field, scope: Scope, session: Session) -> list[Any]:
    pairs = choices_of(field, scope, session)
    return offered(pairs if field.required else [EMPTY_CHOICE, *pairs])
