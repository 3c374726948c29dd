"""Drawing the rows of a list: groups, the box that chooses, the place in the order, and a cell for each column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

from markupsafe import Markup, escape

from implementor.foundation.fields import LISTS, Field
from implementor.foundation.words import say
from implementor.lists.cells import Cell, cell_of_row
from implementor.lists.drawing import cell_html, look_of, mark, present_key
from implementor.lists.page import ListPage
from implementor.lists.queries import currency_label, raw_label, shown_label

Draw = Callable[[Any], str]
PLACE = "\ue000"
"""Stands in markup that is drawn once for what differs from row to row; no text of people holds it."""


def draw_rows(page: ListPage, editable: bool, movable: bool) -> Markup:
    """The rows of a page; `editable` ones can be chosen for a bulk change, `movable` ones have a place to change."""
    if not page.rows:
        return Markup()
    state, sheet, key = page.state, page.sheet, present_key()
    width = len(state.columns) + (1 if editable else 0)
    group = _groups(page, state.group, key, width) if state.group is not None else None
    name, others = sheet.entity.title_field, tuple(page.rows[0]._fields)
    columns = [_title(page, one) if one.name == name else _column(one, others, key) for one in state.columns]
    tools = [*((_box(page),) if editable else ()), *((_order(page),) if movable else ())]
    cells = (*tools, *columns)
    place = page.order_key if movable else None
    drawn: list[str] = []
    for row in page.rows:
        if group is not None:
            drawn.append(group(row))
        drawn.append("  <tr>" if place is None else f'  <tr data-rank="{escape(place(row))}">')
        drawn += [draw(row) for draw in cells]
        drawn.append("  </tr>")
    return Markup("".join(drawn))  # noqa: S704  # escaped piece by piece


def _column(field: Field, names: Sequence[str], key: str) -> Draw:
    """The cells of a column, each drawn once for all rows that say the same."""
    head = f'    <td data-label="{escape(str(field.label))}" class="'
    known: dict[Any, str] = {}
    wanted = (raw_label(field), shown_label(field), currency_label(field))
    said = itemgetter(*(names.index(label if label in names else wanted[0]) for label in wanted))

    def drawn(row: Any) -> str:
        cell = cell_of_row(row, field)
        empty = " is-empty" if cell.is_empty and not cell.shown else ""
        return f'{head}{look_of(cell)}{empty}">{cell_html(cell, key)}</td>'

    def kept(row: Any) -> str:
        values = said(row)
        found = known.get(values)
        if found is None:
            found = known[values] = drawn(row)
        return found

    return drawn if field.kind in LISTS else kept  # lists cannot be looked up


def _title(page: ListPage, field: Field) -> Draw:
    head = f'    <th scope="row" data-label="{escape(str(field.label))}"><a href="'
    url = page.sheet.record_url
    return lambda row: f'{head}{escape(url(row))}">{escape(cell_of_row(row, field).shown)}</a></th>'


def _groups(page: ListPage, field: Field, key: str, width: int) -> Draw:
    """What stands above the first row of each group."""
    last: Any = object()

    def heading(row: Any) -> str:
        nonlocal last
        cell = cell_of_row(row, field)
        if cell.raw == last:
            return ""
        last = cell.raw
        return _group(page, cell, key, width)

    return heading


def _group(page: ListPage, cell: Cell, project_key: str, width: int) -> str:
    value = escape(str(say("none"))) if cell.is_empty else cell_html(cell, project_key)
    count = mark("count")(page.group_counts.get(cell.raw, 0), str(say("rows in this group")))
    label = escape(str(cell.field.label))
    return f'  <tr class="group-row"><th scope="rowgroup" colspan="{width}">{label}: {value} {count}</th></tr>'


def _box(page: ListPage) -> Draw:
    """The box that chooses a row."""
    head, between, foot = str(mark("bulk_one")("bulk", PLACE, PLACE)).split(PLACE)
    return lambda row: f"{head}{row.id}{between}{escape(page.title_of(row))}{foot}"


def _order(page: ListPage) -> Draw:
    """A handle to drag, and a menu with the same moves that is a form for who has no script."""
    head, between, middle, foot = _tools().split(PLACE)
    url = page.sheet.order_form_url
    assert url is not None

    def drawn(row: Any) -> str:
        words = escape(page.title_of(row))
        return f"{head}{escape(url(row))}{between}{words}{middle}{words}{foot}"

    return drawn


def _tools() -> str:
    words = escape(str(say("Move %(title)s", title=PLACE)))
    menu = (
        f'<a class="button button-quiet button-icon" href="{PLACE}" data-move-menu title="{words}">'
        f'{mark("icon")("dots")}<span class="visually-hidden">{words}</span></a>'
    )
    handle = f'<span class="board-handle" data-rank-handle>{mark("icon")("grip")}</span>'
    return f'<td class="order"><div class="order-tools">{handle}{menu}</div></td>'
