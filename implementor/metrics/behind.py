"""The records behind a figure, as far as the reader may see them; what is beyond their reach is only counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from sqlalchemy.orm import Session

from implementor.foundation.fields import Field, Kind, Scope
from implementor.foundation.model import Rows
from implementor.foundation.pages import SortKey, page_of
from implementor.lists.queries import rows_of_list
from implementor.lists.sheets import Sheet, sheets
from implementor.metrics import definitions as ways
from implementor.metrics.compiling import ids_in_part
from implementor.metrics.conditions import SOME, AsOf, measurable_of
from implementor.metrics.definitions import Query
from implementor.metrics.windows import days_of, said_from

ON_A_PAGE, AT_FIRST = 50, 5
LONG = (Kind.MARKDOWN, Kind.TEXT)


@dataclass(frozen=True)
class Columns:
    """What drawing the rows of a list asks of its state."""

    columns: tuple[Field, ...]
    group: None = None


@dataclass(frozen=True)
class Behind:
    """A page of records, and the cursors of those beside it; drawn by `draw_rows`."""

    sheet: Sheet
    state: Columns
    rows: Sequence[Any]
    next: str | None = None
    previous: str | None = None


def sheet_behind(kind: str, scope: Scope) -> Sheet | None:
    """How records of a kind are listed; None where the reader may not see any of them."""
    found = sheets.get(kind)
    return found if found is not None and scope.actor.may(found.may_view) else None


def records_behind(
    session: Session, sheet: Sheet, ids: Rows, scope: Scope, *, limit: int = ON_A_PAGE, after: str | None = None,
    before: str | None = None, columns: Sequence[Field] | None = None,
) -> Behind:  # fmt: skip
    """The records of these ids that the reader sees, the newest first, with the columns that their list begins with."""
    entity = sheet.entity
    shown = [entity.fields[name] for name in entity.default_columns if name in entity.fields]
    columns = tuple(
        one for one in (columns or shown) if one.is_visible_to(scope.actor) and one.kind not in LONG
    )  # fmt: skip
    base = sheet.base(scope).where(entity.model.id.in_(ids))
    rows = rows_of_list(base, entity, columns, sheet.link_columns, scope.actor)
    page = page_of(
        session, rows, order_by=[SortKey(entity.unique_order, descending=True)], limit=limit, after=after, before=before
    )
    return Behind(sheet, Columns(columns), page.rows, page.next, page.previous)


def first_behind(session: Session, query: Query, as_of: AsOf, scope: Scope) -> Behind | None:
    """The newest few of what a query counts; None where the reader sees no such records."""
    sheet = sheet_behind(query.entity, scope)
    if sheet is None:
        return None
    part = query.aggregate == ways.SHARE
    return records_behind(session, sheet, ids_in_part(query, as_of, None, part=part), scope, limit=AT_FIRST)


def list_address(query: Query, as_of: AsOf, sheet: Sheet, *, part: bool = False) -> str | None:
    """The list that shows the same records; None where no list can be narrowed so."""
    fields = measurable_of(query).entity.fields
    asked = {**query.filters, **(query.part if part else {})}
    if part and set(query.filters) & set(query.part):
        return None
    said = {name: tuple(said_from(text, as_of.on) for text in texts) for name, texts in asked.items()}
    if query.window.kind != ways.ALL:
        first, last = days_of(query.window, as_of.on)
        if query.window.by in said:
            return None
        said[query.window.by] = (f"{first or ''}..{last or ''}",)
    if any(name not in fields or not fields[name].filterable or SOME in texts for name, texts in said.items()):
        return None
    return f"{sheet.index_url()}?{urlencode([(name, _text(fields[name], texts)) for name, texts in said.items()])}"


def _text(field: Field, texts: tuple[str, ...]) -> str:
    return (";" if field.kind in (Kind.MONEY, Kind.PERCENT) else ",").join(texts)
