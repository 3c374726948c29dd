"""What the wizard has gathered, in words: people by role and everything else as facts to check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from implementor.calendars.countries import region_name
from implementor.foundation.fields import Kind
from implementor.foundation.permissions import PROJECT_ROLES, ROLE_LABELS, Role
from implementor.foundation.words import Phrase, say
from implementor.projects import queries
from implementor.projects.wizard import carried_people
from implementor.web.language import show_date


@dataclass(frozen=True)
class RoleLine:
    """A role with the people chosen for it: (text in the form, name)."""

    label: Phrase
    people: tuple[tuple[str, str], ...]


def people_by_role(session: Session, chosen: Sequence[tuple[Role, int]]) -> list[RoleLine]:
    """The eight roles in order with who is chosen for each; ids of nobody are left out."""
    names = {row.id: row.name for row in session.execute(queries.people_by_id({number for _, number in chosen}))}
    lines = []
    for role in PROJECT_ROLES:
        mine = [(one, names[one[1]]) for one in chosen if one[0] == role and one[1] in names]
        lines.append(RoleLine(ROLE_LABELS[role], tuple((carried_people([one])[0], name) for one, name in mine)))
    return lines


def areas_to_tick(session: Session) -> list[tuple[str, str]]:
    """Areas that can be ticked."""
    return [(str(row.id), row.name) for row in session.execute(queries.areas_offered())]


def facts(session: Session, about: Any, scope: Any) -> list[tuple[Any, Any]]:
    """Label and text of everything that was entered, people apart."""
    programme = ", ".join(_chosen(about.programme_id)) if about.programme_id.data else ""
    lines: list[tuple[Any, Any]] = [(about.key.label.text, about.key.data.upper())]
    lines += [(about.name.label.text, about.name.data), (about.purpose.label.text, about.purpose.data)]
    lines.append((about.programme_id.label.text, _new(about) or programme))
    lines.append((scope.areas.label.text, ", ".join(_chosen(scope.areas))))
    lines += [_fact(scope, name) for name in scope.catalogue]
    return lines


def _chosen(field: Any) -> list[str]:
    """Labels of what is chosen in a select."""
    return [str(choice[1]) for choice in field.iter_choices() if choice[2]]


def _new(about: Any) -> Any:
    name = (about.programme_name.data or "").strip()
    return say("%(name)s (new)", name=name) if name else ""


def _fact(form: Any, name: str) -> tuple[Any, Any]:
    field, value = form.catalogue[name], form[name].data
    if name == "region":
        return field.label, region_name(form.country.data or "", value) or say("Whole country")
    if field.kind is Kind.DATE:
        return field.label, show_date(value)
    choice = field.choice(value) if field.kind is Kind.CHOICE else None
    return field.label, choice.label if choice else value
