"""Lists of action items from files: what is to be done, by whom, until when, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import url_for

from implementor.exchange.kinds import ImportKind, Reason
from implementor.exchange.permissions import IMPORT
from implementor.exchange.records.declaring import EXTERNAL_ID, Draft, RecordImport, Writing
from implementor.exchange.records.importer import Planned
from implementor.foundation.words import say
from implementor.governance.catalogue import ACTION_ITEM
from implementor.governance.models import ActionItem
from implementor.governance.services import actions
from implementor.projects.importing import RegisterImporter, by_title, register_import

ENDINGS = ("done_at", "result")
HEADERS = {
    EXTERNAL_ID: "action id|action no|item no|task id|id de acción|id de tarea|n.º|num|id",
    "title": "what is to be done|action|action item|task|title|to do|what|agreement|acción|acciones|tarea|título|"
             "compromiso|acuerdo|qué hacer|actividad|summary|resumen",
    "owner_id": "who does it|owner|responsible|assigned to|assignee|who|responsable|asignado a|encargado|quién",
    "due_on": "due on|due|due date|deadline|by when|target date|fecha límite|vence|vencimiento|fecha compromiso|"
              "plazo|para cuándo|fecha",
    "description": "description|details|notes|comments|context|descripción|detalle|detalles|notas|observaciones",
    "opened_at": "opened|created|raised on|date raised|meeting date|creado|fecha de alta|fecha de registro|"
                 "fecha de reunión",
    "done_at": "done|done on|completed|completed on|closed on|finished|hecho el|completado el|cerrado el|"
               "fecha de cierre|fecha de cumplimiento",
    "result": "result|outcome|resolution|what came of it|resultado|resolución|qué resultó",
}  # fmt: skip


class ActionImporter(RegisterImporter):
    """Takes the rows of one list of action items."""

    def faults(self, draft: Draft, whole: Mapping[str, Any], row: Any) -> Iterable[Reason]:
        """What is done is not changed before it is taken up again."""
        is_done = row is not None and row.done_at is not None
        if is_done and any(getattr(row, name) != whole[name] for name in draft.values if name not in ENDINGS):
            yield Reason(say("%(title)s is done. Take it up again to change it.", title=row.title))

    def make(self, writing: Writing, draft: Draft) -> ActionItem:
        """Write an action item down; one with a day or a word of its end is done at once."""
        values = dict(draft.values)
        ending = {name: values.pop(name, None) for name in ENDINGS}
        opened_at = values.pop("opened_at", None)
        item = actions.write_action(
            writing.session, project_id=self.project_id, values=values, by=writing.by, at=writing.at
        )
        item.opened_at = min(opened_at or writing.at, writing.at)
        self._finish(writing, item, ending)
        return item

    def change(self, writing: Writing, record: Any, planned: Planned) -> None:
        """Describe it anew, or say what came of it."""
        after = dict(planned.after)
        ending = {name: after.pop(name, None) for name in ENDINGS}
        record.opened_at = min(after.pop("opened_at", None) or record.opened_at, writing.at)
        if after and record.is_open:
            actions.edit_action(writing.session, record, after, by=writing.by, at=writing.at)
        self._finish(writing, record, ending)

    def _finish(self, writing: Writing, item: ActionItem, ending: Mapping[str, Any]) -> None:
        if not any(ending.values()):
            return
        if item.is_open:
            result = ending["result"] or str(say("It is done in %(file)s.", file=self.setup.file_name))
            actions.finish_action(writing.session, item, result=result, by=writing.by, at=writing.at)
        else:
            item.result = ending["result"] or item.result
        item.done_at = min(ending["done_at"] or item.done_at or writing.at, writing.at)


def action_import(project_id: int) -> RecordImport:
    """How the action items of a project come in."""
    return RecordImport(
        entity=ACTION_ITEM,
        permission=IMPORT,
        result_url=lambda _run: url_for("governance.actions", sort="-opened_at"),
        needs=("title",),
        headers=HEADERS,
        keys=(by_title(ActionItem, "title", project_id),),
        taken_in=frozenset({"opened_at", *ENDINGS}),
        spared=frozenset({"opened_at", *ENDINGS}),
    )


def import_actions() -> ImportKind:
    """Let lists of action items come in from files."""
    return register_import(action_import, ActionImporter)
