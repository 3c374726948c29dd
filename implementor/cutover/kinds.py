"""Steps of going live and rehearsals as the shared pages know them: list, form, history, undo, search."""

from __future__ import annotations

from typing import Any

from implementor.audiences.services.records import MANNERS, Manner
from implementor.audiences.shown import Shown, declare_shown
from implementor.cutover import catalogue, permissions
from implementor.cutover.models import CutoverRehearsal, CutoverStep
from implementor.cutover.services import VERBS, faults_of_rehearsal, faults_of_step, refuse_begun
from implementor.foundation.searchable import Document, Searchable, searchable
from implementor.foundation.words import say
from implementor.history.restoring import undone_elsewhere

STEPS = Shown(
    catalogue.CUTOVER_STEP, "step", "steps", say("New step of going live"), permissions.VIEW, permissions.EDIT,
    "cutover",
)  # fmt: skip
REHEARSALS = Shown(
    catalogue.CUTOVER_REHEARSAL, "rehearsal", "rehearsals", say("New rehearsal"), permissions.VIEW, permissions.EDIT,
    "cutover",
)  # fmt: skip


def declare() -> None:
    """Make both kinds known; doing it twice changes nothing."""
    MANNERS[CutoverStep] = Manner(
        say("Wrote down a step of going live"), say("Changed a step of going live"), faults_of_step, refuse_begun
    )
    MANNERS[CutoverRehearsal] = Manner(
        say("Wrote down a rehearsal of going live"), say("Changed a rehearsal of going live"), faults_of_rehearsal
    )
    for shown in (STEPS, REHEARSALS):
        declare_shown(shown)
    searchable(Searchable("cutover_step", lambda one, _key: _document(one, one.way_back)))
    searchable(Searchable("cutover_rehearsal", lambda one, _key: _document(one, one.findings)))
    for verb in VERBS:
        undone_elsewhere[f"cutover_step.{verb}"] = say("Open the step again on its page instead.")


def _document(one: Any, text: str) -> Document:
    return Document(title=one.name, body=text, project_id=one.project_id)
