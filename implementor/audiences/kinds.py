"""The kinds of records of audiences as the shared pages know them: lists, forms, search, history, undo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from implementor.audiences import catalogue, permissions
from implementor.audiences.models import AudienceMember, Champion, LoadRule, PlannedMessage
from implementor.audiences.queries import people as people_queries
from implementor.audiences.queries.records import people_in_use, person_in_scope, projects_with_map
from implementor.audiences.shown import Shown, declare_shown
from implementor.foundation.searchable import Document, Searchable, searchable
from implementor.foundation.words import say
from implementor.history.restoring import Restorer, undoable, undone_elsewhere

AUDIENCES = Shown(catalogue.AUDIENCE, "audience", "audiences", say("New audience"))
PEOPLE = Shown(
    catalogue.AFFECTED_PERSON, "affected_person", "affected_people", say("New person"), permissions.PEOPLE_VIEW,
    permissions.PEOPLE_EDIT,
)  # fmt: skip
SHOWN = (
    AUDIENCES,
    PEOPLE,
    Shown(
        catalogue.STAKEHOLDER, "stakeholder", "stakeholders", say("New stakeholder"), permissions.STAKEHOLDERS
    ),
    Shown(catalogue.CHANGE_IMPACT, "change_impact", "change_impacts", say("New impact")),
    Shown(catalogue.BLACKOUT_PERIOD, "blackout_period", "blackout_periods", say("New blackout period")),
    Shown(catalogue.TRANSITION_STEP, "transition_step", "transition_steps", say("New step")),
    Shown(catalogue.PLANNED_MESSAGE, "planned_message", "planned_messages", say("New message")),
)  # fmt: skip


def declare() -> None:
    """Make the kinds known to lists, records, search and history; doing it twice changes nothing."""
    for shown in SHOWN:
        declare_shown(shown, **MORE.get(shown.entity.kind, {}))
    undoable["audience_member"] = Restorer(AudienceMember, may=permissions.PEOPLE_EDIT)
    undoable["champion"] = Restorer(Champion, may=permissions.PEOPLE_EDIT)
    undoable["load_rule"] = Restorer(LoadRule, may=permissions.EDIT)
    undone_elsewhere["affected_person.erase"] = say("A name that was erased on request is gone for good.")
    undone_elsewhere["planned_message.sent"] = say("What people have heard cannot be taken back.")
    searchable(Searchable("affected_person", _person_document, of_projects=people_queries.projects_led_in_change))
    searchable(Searchable("stakeholder", _stakeholder_document, of_projects=projects_with_map))


def _person_document(person: Any, _project_key: str | None) -> Document | None:
    if person.erased_at is not None:
        return None
    return Document(title=person.name, body=person.job_role or "", project_id=person.project_id)


def _stakeholder_document(one: Any, _project_key: str | None) -> Document:
    return Document(title=one.name, body="\n".join((one.position or "", one.tactics)), project_id=one.project_id)


MORE: Mapping[str, Mapping[str, Any]] = {
    "affected_person": {
        "base": people_in_use, "record": person_in_scope, "titles": people_queries.titles_of_people
    },
    "planned_message": {
        "may_change": lambda _scope: PlannedMessage.sent_at.is_(None),
        "why_not": lambda one: say("%(name)s was sent. Plan another message instead.", name=one.name),
    },
}  # fmt: skip
"""What the sheet of a kind has of its own."""
