"""The moments that files state for orders: what makes sense of them, and the facts that they become."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import bindparam, update

from implementor.crm.orders.facts import CANCELLED, DISPATCHED, FACTS, PLACED, state_of
from implementor.crm.orders.models import OrderFact
from implementor.exchange.kinds import Reason
from implementor.exchange.records.declaring import Writing
from implementor.exchange.records.writing import insert_rows
from implementor.foundation.words import say

STATED = tuple(kind for kind in FACTS if kind != PLACED)
"""The facts whose moments a file gives; when it was placed follows from the day of the order."""
COLUMNS = {kind: f"{kind}_at" for kind in FACTS}


def placed_at(day: date) -> datetime:
    """The moment that stands for a day: its noon, which is the same day nearly everywhere."""
    return datetime.combine(day, time(12), UTC)


def with_state(row: dict[str, Any]) -> None:
    """Complete the columns of an order: placed on its day, but never after what happened to it; and its state."""
    stated = [row[COLUMNS[kind]] for kind in STATED if row.get(COLUMNS[kind]) is not None]
    known = [row[COLUMNS[PLACED]]] if row.get(COLUMNS[PLACED]) is not None else []
    row[COLUMNS[PLACED]] = min([placed_at(row["ordered_on"]), *known, *stated])
    row["state"] = state_of({kind: row.get(column) for kind, column in COLUMNS.items()})


def day_of_order(values: Mapping[str, Any]) -> date | None:
    """The day that a row states, else that of the first thing that happened."""
    stated: date | None = values.get("ordered_on")
    moments = [values[COLUMNS[kind]] for kind in STATED if values.get(COLUMNS[kind]) is not None]
    return stated or (min(moments).date() if moments else None)


def unsound_facts(values: Mapping[str, Any]) -> Iterable[Reason]:
    """What cannot have happened: before the order was placed, or a cancellation of what has left."""
    day = values.get("ordered_on")
    for kind in STATED:
        at = values.get(COLUMNS[kind])
        if at is not None and day is not None and (day - at.date()).days > 1:  # a day apart is another time zone
            yield Reason(say("Nothing happens to an order before its day."), "", at.date().isoformat())
    if values.get(COLUMNS[CANCELLED]) is not None and values.get(COLUMNS[DISPATCHED]) is not None:
        yield Reason(say("What was dispatched cannot be cancelled. Bring it in as a credit note."))


def fact_rows(writing: Writing, order_id: int, moments: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The facts of an order from its columns."""
    return [
        {"order_id": order_id, "kind": kind, "at": moments[column], "note": None, "document": None, **writing.stamps()}
        for kind, column in COLUMNS.items()
        if moments.get(column) is not None
    ]


def write_new_facts(writing: Writing, rows: Sequence[dict[str, Any]]) -> None:
    """Write the facts of orders that had none."""
    insert_rows(writing, OrderFact, rows)


def write_changed_facts(writing: Writing, known: set[tuple[int, str]], rows: Sequence[dict[str, Any]]) -> None:
    """Write facts that are new, and the moments of those that are `known` by order and kind."""
    write_new_facts(writing, [row for row in rows if (row["order_id"], row["kind"]) not in known])
    table: Any = OrderFact.__table__
    moved = (
        update(table)
        .where(
            table.c.order_id == bindparam("of_order"),
            table.c.kind == bindparam("of_kind"),
            table.c.archived_at.is_(None),
        )
        .values(at=bindparam("moment", type_=table.c.at.type), version=table.c.version + 1, updated_at=writing.at)
    )
    again = [row for row in rows if (row["order_id"], row["kind"]) in known]
    if again:
        values = [{"of_order": row["order_id"], "of_kind": row["kind"], "moment": row["at"]} for row in again]
        writing.session.connection().execute(moved, values)
