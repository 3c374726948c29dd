"""The kinds of records of audiences as the shared pages know them: lists, forms, search, history, undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import url_for

from implementor.audiences import catalogue, permissions
from implementor.audiences.models import AudienceMember, Champion, LoadRule, PlannedMessage
from implementor.audiences.queries import people as people_queries
from implementor.audiences.queries.records import people_in_use, person_in_scope, projects_with_map, titles_of
from implementor.audiences.services.records import change_record, restore_record, write_record
from implementor.foundation.fields import Entity
from implementor.foundation.permissions import Permission
from implementor.foundation.records import RecordKind, record_kind
from implementor.foundation.searchable import Document, Searchable, searchable
from implementor.foundation.words import Phrase, say
from implementor.governance.queries.records import in_scope, in_use
from implementor.history.restoring import Restorer, undoable, undone_elsewhere
from implementor.lists.sheets import Sheet, sheet


@dataclass(frozen=True)
class Shown:
    """A kind with its pages: the view names of one and of many, and who reads and writes it."""

    entity: Entity
    one: str
    many: str
    new_label: Phrase
    may_view: Permission = permissions.VIEW
    may_edit: Permission = permissions.EDIT

    @property
    def model(self) -> Any:
        """The table."""
        return self.entity.model


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
        _declare(shown)
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


def _declare(shown: Shown) -> None:
    is_people, model, kind = shown is PEOPLE, shown.model, shown.entity.kind
    is_message = model is PlannedMessage
    sheet(
        Sheet(
            entity=shown.entity,
            base=people_in_use if is_people else in_use(model),
            record=person_in_scope if is_people else in_scope(model),
            record_url=lambda row: url_for(f"audiences.{shown.one}", record_id=row.id),
            index_url=lambda: url_for(f"audiences.{shown.many}"),
            may_view=shown.may_view,
            may_edit=shown.may_edit,
            change=lambda of, record, values, by, at: change_record(of, record, values, by=by, at=at),
            create=lambda of, scope, values, by, at: write_record(
                of, model, project_id=scope.project_id or 0, values=values, by=by, at=at
            ),
            new_label=shown.new_label,
            may_change=(lambda _scope: PlannedMessage.sent_at.is_(None)) if is_message else None,
            why_not=(lambda one: say("%(name)s was sent. Plan another message instead.", name=one.name))
            if is_message
            else None,
        )
    )
    titles = people_queries.titles_of_people if is_people else titles_of(model)
    record_kind(RecordKind(kind, shown.entity.label, model, titles, _address(f"audiences.{shown.one}")))
    undoable[kind] = Restorer(model, restore_record, shown.may_edit)


def _address(endpoint: str) -> Callable[[Any], tuple[str, dict[str, Any]]]:
    return lambda row: (endpoint, {"project_key": row.project_key, "record_id": row.id})
