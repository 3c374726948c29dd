"""What people fill in to sign in, to choose a password, and to look after people, areas and teams."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
)

from implementor.auth.passwords import SHORTEST
from implementor.foundation.permissions import INSTALLATION_ROLES, ROLE_LABELS
from implementor.foundation.timezones import time_zones
from implementor.web.forms import EMPTY_CHOICE, Form, offered, say

NEW_PASSWORD = {"autocomplete": "new-password", "required": True, "minlength": SHORTEST}
PRESENT_PASSWORD = {"autocomplete": "current-password", "required": True}
PASSWORD_HINT = say("At least %(least)s characters. Four words that do not belong together do well.", least=SHORTEST)
NOT_ON_OFFER = say("Choose from the list.")
THEMES = [("system", say("As the system")), ("light", say("Light")), ("dark", say("Dark"))]
DENSITIES = [("comfortable", say("Comfortable")), ("compact", say("Compact"))]
ROLES = [(role.value, ROLE_LABELS[role]) for role in INSTALLATION_ROLES]
Pairs = Sequence[tuple[Any, Any]]


def _select(label: Any, pairs: Pairs = ()) -> SelectField:
    options: dict[str, Any] = {"choices": offered(pairs), "invalid_choice_message": NOT_ON_OFFER}
    return SelectField(label, **options)


def optional_number(text: Any) -> int | None:
    """The value of an emptied choice as None."""
    return int(text) if text not in (None, "") else None


def _with_none(pairs: Pairs) -> list[Any]:
    return offered([EMPTY_CHOICE, *pairs])


class SignInForm(Form):
    """Address and password; `next` is sealed by the server."""

    email = EmailField(say("E-mail"), render_kw={"autocomplete": "username", "required": True})
    password = PasswordField(say("Password"), render_kw=PRESENT_PASSWORD)
    remember = BooleanField(say("Stay signed in on this device for 30 days"))
    next = HiddenField()


class ForgottenForm(Form):
    """The address that a link to a new password goes to."""

    email = EmailField(say("E-mail"), render_kw={"autocomplete": "username", "required": True})


class NewPasswordForm(Form):
    """A password chosen through a link."""

    password = PasswordField(say("New password"), description=PASSWORD_HINT, render_kw=NEW_PASSWORD)


class FirstAdministratorForm(Form):
    """The first account of an installation."""

    name = StringField(say("Name"), render_kw={"autocomplete": "name", "required": True})
    email = EmailField(say("E-mail"), render_kw={"autocomplete": "username", "required": True})
    password = PasswordField(say("New password"), description=PASSWORD_HINT, render_kw=NEW_PASSWORD)
    also_pmo = BooleanField(say("I also work in the PMO: I create projects and see all of them"), default=True)


class ChangePasswordForm(Form):
    """The present password and the next one."""

    present = PasswordField(say("Present password"), render_kw=PRESENT_PASSWORD)
    password = PasswordField(say("New password"), description=PASSWORD_HINT, render_kw=NEW_PASSWORD)


class PreferencesForm(Form):
    """How somebody likes the application."""

    name = StringField(say("Name"), render_kw={"autocomplete": "name", "required": True})
    language = _select(say("Language"))
    time_zone = _select(say("Time zone"), [(zone, zone) for zone in sorted(time_zones())])
    theme = _select(say("Theme"), THEMES)
    density = _select(say("Rows"), DENSITIES)
    single_keys = BooleanField(say("Use single letters as keys, such as ? for the list of keys"))

    def offer(self, languages: Pairs) -> PreferencesForm:
        """Fill in the languages of this installation."""
        self.language.choices = offered(languages)
        return self


class PersonForm(Form):
    """Who somebody is."""

    name = StringField(say("Name"), render_kw={"required": True, "autocomplete": "off"})
    email = EmailField(say("E-mail"), render_kw={"required": True, "autocomplete": "off"})
    version = HiddenField()


class RolesForm(Form):
    """The roles of the installation that somebody holds."""

    roles = SelectMultipleField(
        say("Roles in the whole installation"),
        choices=offered(ROLES),
        description=say("Roles in a project are given in the project. An administrator approves nothing there."),
    )


class InvitationForm(PersonForm, RolesForm):
    """A person to invite."""

    language = _select(say("Language"))

    def offer(self, languages: Pairs) -> InvitationForm:
        """Fill in the languages of this installation."""
        self.language.choices = offered(languages)
        return self


class AreaForm(Form):
    """An area and its place in the tree."""

    name = StringField(say("Name"), render_kw={"required": True, "maxlength": 120})
    parent_id = _select(say("Part of"))
    head_id = _select(say("Head"))
    version = HiddenField()

    def offer(self, areas: Pairs, people: Pairs) -> AreaForm:
        """Fill in the areas it may stand below and the people who may lead it."""
        self.parent_id.choices, self.head_id.choices = _with_none(areas), _with_none(people)
        return self

    def values(self) -> dict[str, Any]:
        """What the services take."""
        return {
            "name": self.name.data or "",
            "parent_id": optional_number(self.parent_id.data),
            "head_id": optional_number(self.head_id.data),
        }


class TeamForm(Form):
    """A team, its area and its manager."""

    name = StringField(say("Name"), render_kw={"required": True, "maxlength": 120})
    area_id = _select(say("Area"))
    manager_id = _select(say("Manager"))
    version = HiddenField()

    def offer(self, areas: Pairs, people: Pairs) -> TeamForm:
        """Fill in areas and people."""
        self.area_id.choices, self.manager_id.choices = _with_none(areas), _with_none(people)
        return self

    def values(self) -> dict[str, Any]:
        """What the services take."""
        return {
            "name": self.name.data or "",
            "area_id": optional_number(self.area_id.data),
            "manager_id": optional_number(self.manager_id.data),
        }


class MemberForm(Form):
    """Somebody to put into a team."""

    user_id = _select(say("Person"))

    def offer(self, people: Pairs) -> MemberForm:
        """Fill in the people who are not in the team."""
        self.user_id.choices = offered(people)
        return self
