"""What can happen to the assignment matrix: rows are added and left out, and the whole grid is saved at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput
from implementor.foundation.permissions import ROLE_LABELS, Actor
from implementor.foundation.records import RecordRef
from implementor.foundation.text import clean_line, whole_number
from implementor.foundation.words import Phrase, say
from implementor.governance.assignment import ITEM_KINDS, MARKS, ROLES, accountable_roles
from implementor.governance.matrix_targets import matrix_targets, target_in_use
from implementor.governance.models import MatrixItem, MatrixMark
from implementor.governance.queries.matrix import items_of, last_place, marks_of
from implementor.history.services import name_action

LONGEST_TITLE, MOST_ROWS = 200, 200
NOT_HERE = say("A row is not in this matrix (any more). Nothing is saved yet: look at the marks and save again.")
Grid = Mapping[int, Mapping[str, str]]
"""Id of a row -> role -> mark; no mark is an empty text."""


class TwoAccountable(InvalidInput):
    """A row has more than one accountable role, so that in the end nobody answers for it."""


def add_item(
    session: Session, *, project_id: int, title: str, kind: str, by: Actor, at: datetime, target: str = ""
) -> MatrixItem:
    """A further row at the end, in words or pointing at a record (`kind:id`), which names it. Raises InvalidInput."""
    ref, text = _target(target), clean_line(title)
    record = target_in_use(session, ref, project_id=project_id) if ref is not None else None
    if target and record is None:
        raise InvalidInput({"target": say("Choose something of this project that is in use.")})
    if ref is not None:
        text, kind = text or matrix_targets[ref.kind].title(record), matrix_targets[ref.kind].item_kind
        text = text[:LONGEST_TITLE]
    if not text or len(text) > LONGEST_TITLE:
        raise InvalidInput({"title": say("Say in up to %(most)s characters what it is.", most=LONGEST_TITLE)})
    if kind not in {one.key for one in ITEM_KINDS}:
        raise InvalidInput({"kind": say("Choose one of the kinds.")})
    if len(session.scalars(items_of(project_id=project_id)).all()) >= MOST_ROWS:
        raise InvalidInput({"title": say("The matrix has %(most)s rows; nobody reads more.", most=MOST_ROWS)})
    place = (session.scalar(last_place(project_id=project_id)) or 0) + 1
    item = MatrixItem(
        project_id=project_id, title=text, kind=kind, place=place, target_kind=ref.kind if ref else None,
        target_id=ref.id if ref else None,
    )  # fmt: skip
    session.add(item)
    _name(session, project_id, say("Added %(title)s to the assignment matrix", title=text))
    session.flush()
    return item


def _target(text: str) -> RecordRef | None:
    kind, _, named = text.partition(":")
    record_id = whole_number(named)
    return RecordRef(kind, record_id) if record_id else None


def leave_out(session: Session, item: MatrixItem, *, by: Actor, at: datetime) -> None:
    """Put a row away; it can be brought back by undoing."""
    item.archived_at, item.archived_by_id = at, by.user_id
    _name(session, item.project_id, say("Left %(title)s out of the assignment matrix", title=item.title))
    session.flush()


def save_grid(session: Session, *, project_id: int, grid: Grid, by: Actor, at: datetime) -> int:
    """Keep what each role has to do with each row; returns how many marks changed.

    Rows and roles that the grid does not name stay as they are. Raises TwoAccountable, which names the row and both
    roles, or InvalidInput for a mark, a role or a row of this project that is none.
    """
    items = {one.id: one for one in session.scalars(items_of(project_id=project_id))}
    known = {(one.item_id, one.role): one for one in session.scalars(marks_of(project_id=project_id))}
    wanted = {(item_id, role): mark for item_id, marks in grid.items() for role, mark in marks.items()}
    _refuse(items, known, wanted)
    gone = [known[key] for key, mark in wanted.items() if key in known and known[key].mark != mark]
    count = 0
    for one in gone:  # first, so that accountability can move from one role to another
        session.delete(one)
    if gone:
        session.flush()
    for (item_id, role), mark in wanted.items():
        present = known.get((item_id, role))
        before = present.mark if present is not None else ""
        count += before != mark
        if mark and before != mark:
            session.add(MatrixMark(project_id=project_id, item_id=item_id, role=role, mark=mark))
    if count:
        _name(session, project_id, say("Changed the assignment matrix"))
    session.flush()
    return count


def _refuse(
    items: Mapping[int, MatrixItem],
    known: Mapping[tuple[int, str], MatrixMark],
    wanted: Mapping[tuple[int, str], str],
) -> None:
    errors: dict[str, Phrase] = {}
    if any(item_id not in items or role not in ROLES for item_id, role in wanted):
        raise InvalidInput({"grid": NOT_HERE})
    if any(mark and mark not in MARKS for mark in wanted.values()):
        raise InvalidInput({"grid": say("Choose one of the marks.")})
    for item_id in {item_id for item_id, _role in wanted}:
        marks = {role: one.mark for (of, role), one in known.items() if of == item_id}
        marks |= {role: mark for (of, role), mark in wanted.items() if of == item_id}
        found = accountable_roles(marks)
        if len(found) > 1:
            errors[f"item_{item_id}"] = say(
                "%(title)s: only one role is accountable, not %(one)s and %(other)s.", title=items[item_id].title,
                one=ROLE_LABELS[found[0]], other=ROLE_LABELS[found[1]],
            )  # fmt: skip
    if errors:
        raise TwoAccountable(errors)


def _name(session: Session, project_id: int, summary: Phrase) -> None:
    name_action(session, summary, verb="matrix.change", project_id=project_id)
