"""What people fill in about projects; choices that depend on language or country are handed in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy.orm import Session
from wtforms import HiddenField, SelectField, SelectMultipleField, StringField

from implementor.calendars.countries import country_choices, region_choices
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import PROJECT_ROLES, ROLE_LABELS
from implementor.foundation.words import Phrase, say, speech
from implementor.projects.catalogue import PROJECT
from implementor.web.forms import CatalogueForm, Form, form_class, offered

NO_REGION = ("", say("Whole country"))
NO_COUNTRY = ("", say("Choose a country"))


def later(phrase: Phrase | None) -> Any:
    """A phrase where WTForms' types want finished text: it is put into words when the page is drawn."""
    return phrase or ""


def about_form(scope: Scope, session: Session) -> type[CatalogueForm]:
    """The first step: what the project is called, what it is for, and the programme it is part of."""
    fields = [PROJECT.fields[name] for name in ("key", "name", "purpose", "programme_id")]
    hint = say("Its name; sponsor and dates can be added later.")
    name = StringField(later(say("Or a new programme")), description=later(hint))
    return type("AboutForm", (form_class(fields, scope, session),), {"programme_name": name})


def scope_form(
    names: Iterable[str], areas: Sequence[tuple[str, str]], country: str, scope: Scope, session: Session
) -> type[CatalogueForm]:
    """A form over fields of the catalogue with areas to tick and regions of the country that is chosen."""
    fields = [PROJECT.fields[name] for name in names if name in PROJECT.fields]
    more = {
        "areas": areas_input(areas),
        "country": _choice_of("country", [NO_COUNTRY, *country_choices(speech().language)]),
        "region": _choice_of("region", [NO_REGION, *region_choices(country)]),
        "regions_of": HiddenField(),
    }
    return type("ScopeForm", (form_class(fields, scope, session),), more)


def areas_input(areas: Sequence[tuple[str, str]]) -> Any:
    """Areas to tick, given as (id, name)."""
    hint = say("The departments whose work will change.") if areas else say("No area is set up yet.")
    return SelectMultipleField(later(say("Areas in scope")), choices=offered(areas), description=later(hint))


def _choice_of(name: str, pairs: list[tuple[str, Any]]) -> SelectField:
    field = PROJECT.fields[name]
    return SelectField(
        later(field.label), choices=offered(pairs), description=later(field.hint), validate_choice=False, render_kw={}
    )


ROLES = [(str(role), ROLE_LABELS[role]) for role in PROJECT_ROLES]
"""The eight roles of a project as (key, words)."""


class FindPerson(Form):
    """Who is looked for, and the role they shall have."""

    role = SelectField(later(say("Role")), choices=offered(ROLES))
    find = StringField(later(say("Find by name or e-mail")))
