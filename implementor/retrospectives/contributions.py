"""What looking back adds to the shared pages: lists and records, undo, search, gate checks, the side bar."""

from __future__ import annotations

from typing import Any

from flask import Flask, url_for
from sqlalchemy.orm import Session

from implementor.duplicates.references import pointer
from implementor.foundation.panels import Data, Place, panel
from implementor.foundation.records import RecordKind, record_kind
from implementor.foundation.searchable import Document, Searchable, searchable
from implementor.foundation.words import say
from implementor.history.restoring import Restorer, undoable, undone_elsewhere
from implementor.lists.sheets import Sheet, sheet
from implementor.retrospectives import permissions
from implementor.retrospectives.catalogue import LESSON, RETROSPECTIVE
from implementor.retrospectives.gate_checks import declare_checks
from implementor.retrospectives.models import Lesson, LessonOffer, RetroAction, Retrospective
from implementor.retrospectives.offering import offers_for
from implementor.retrospectives.queries import lessons as lesson_queries
from implementor.retrospectives.queries import retrospectives as queries
from implementor.retrospectives.services import lessons
from implementor.retrospectives.services import retrospectives as services
from implementor.retrospectives.sources import SOURCES
from implementor.web.navigation import NavItem, directory


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    _contribute_retrospectives()
    _contribute_lessons()
    _contribute_undo()
    declare_checks()
    for slot in ("project.strip", "wave.plan"):
        panel(slot, 60, "retrospectives/_offered_panel.html", load_offers)
    for kind in SOURCES:
        panel(f"{kind}.show", 80, "retrospectives/_to_lesson.html", to_lesson)
    pointer("lesson", "source_kind", "source_id", moves=False)
    pointer("retro_action", "became_kind", "became_id", moves=False)
    said = {"title", "context", "what_happened", "recommendation", "tags", "shared_at", "archived_at"}
    searchable(Searchable("lesson", _document, frozenset(said), may_find=permissions.LIBRARY))
    board = directory(app)
    board.items += [
        NavItem("project", say("Retrospectives"), "retrospectives.index", permissions.VIEW, in_project=True, order=70),
        NavItem(
            "project", say("Lessons"), "retrospectives.lessons", permissions.LESSON_VIEW, in_project=True, order=71
        ),
        NavItem("start", say("What we learned"), "lesson_library.index", permissions.LIBRARY, order=45),
    ]


def load_offers(session: Session, place: Place) -> Data:
    """How many lessons of other projects have words in common with this one and were not answered yet."""
    if not place.actor.may(permissions.LESSON_EDIT) or getattr(place.record, "is_closed", False):
        return None
    count = sum(1 for one in offers_for(session, place.project, by=place.actor) if one.common)
    return {"count": count, "url": url_for("retrospectives.offered")} if count else None


def to_lesson(_session: Session, place: Place) -> Data:
    """Where a lesson is written from the record whose page is shown."""
    if not place.actor.may(permissions.LESSON_EDIT):
        return None
    record = place.record
    return {"url": url_for("retrospectives.lesson_from", kind=record.__record_kind__, record_id=record.id)}


def _contribute_retrospectives() -> None:
    sheet(
        Sheet(
            entity=RETROSPECTIVE,
            base=queries.in_use,
            record=queries.in_scope,
            record_url=lambda row: url_for("retrospectives.show", retrospective_id=row.id),
            index_url=lambda: url_for("retrospectives.index"),
            may_view=permissions.VIEW,
            may_edit=permissions.RUN,
            change=lambda of, found, values, by, at: services.change_retrospective(of, found, values, by=by, at=at),
            create=lambda of, scope, values, by, at: services.create_retrospective(
                of, project_id=scope.project_id or 0, values=values, by=by, at=at
            ),
            new_label=say("New retrospective"),
            may_change=lambda _scope: Retrospective.closed_at.is_(None),
            why_not=lambda found: say("%(title)s is closed. Open it again first.", title=found.title),
        )
    )
    record_kind(
        RecordKind("retrospective", RETROSPECTIVE.label, Retrospective, queries.titles, address_of_retrospective)
    )


def _contribute_lessons() -> None:
    sheet(
        Sheet(
            entity=LESSON,
            base=lesson_queries.in_use,
            record=lesson_queries.in_scope,
            record_url=lambda row: url_for("retrospectives.lesson", lesson_id=row.id),
            index_url=lambda: url_for("retrospectives.lessons"),
            may_view=permissions.LESSON_VIEW,
            may_edit=permissions.LESSON_EDIT,
            change=lambda of, found, values, by, at: lessons.change_lesson(of, found, values, by=by, at=at),
            create=lambda of, scope, values, by, at: lessons.write_lesson(
                of, project_id=scope.project_id or 0, values=values, by=by, at=at
            ),
            new_label=say("New lesson"),
        )
    )
    record_kind(RecordKind("lesson", LESSON.label, Lesson, lesson_queries.titles, address_of_lesson))


def _contribute_undo() -> None:
    undoable["retrospective"] = Restorer(Retrospective, services.restore_retrospective, permissions.RUN)
    undoable["retro_action"] = Restorer(RetroAction, None, permissions.TAKE_PART)
    undoable["lesson"] = Restorer(Lesson, None, permissions.LESSON_EDIT)
    undoable["lesson_offer"] = Restorer(LessonOffer, None, permissions.LESSON_EDIT)
    for verb in ("retrospective.phase", "retrospective.close", "retrospective.reopen"):
        undone_elsewhere[verb] = say("Phases are changed on the page of the retrospective itself.")
    undone_elsewhere["lesson.share"] = say("Who may share lessons takes that back on the page of the lesson.")
    undone_elsewhere["lesson.sign"] = say("What is signed stays signed.")


def _document(lesson: Lesson, _project_key: str | None) -> Document:
    """A lesson is found by the people of its project, one that is shared by everybody."""
    said = (lesson.context, lesson.what_happened, lesson.recommendation, " ".join(str(tag) for tag in lesson.tags))
    project_id = None if lesson.shared_at is not None else lesson.project_id
    return Document(title=lesson.title, body="\n".join(filter(None, said)), project_id=project_id)


def address_of_retrospective(row: Any) -> tuple[str, dict[str, Any]]:
    """View name and values of a retrospective's page."""
    return "retrospectives.show", {"project_key": row.project_key, "retrospective_id": row.id}


def address_of_lesson(row: Any) -> tuple[str, dict[str, Any]]:
    """View name and values of a lesson's page, which opens for readers of other projects too."""
    return "lesson_library.show", {"lesson_id": row.id}
