"""Drawing the rows of a list: groups, the box that chooses, the place in the order, and a cell for each column."""

from __future__ import annotations

from markupsafe import Markup, escape

from implementor.foundation.words import say
from implementor.lists.cells import Cell
from implementor.lists.drawing import cell_html, look_of, mark, present_key
from implementor.lists.page import ListPage, ListRow


def draw_rows(page: ListPage, editable: bool, movable: bool) -> Markup:
    """The rows of a page; `editable` ones can be chosen for a bulk change, `movable` ones have a place to change."""
    key = present_key()
    title_field = page.sheet.entity.title_field
    labels = [escape(str(column.label)) for column in page.state.columns]
    drawn: list[str] = []
    for row in page.rows:
        if row.opens_group:
            drawn.append(_group(page, row.opens_group, key, editable))
        drawn.append(f'  <tr data-rank="{escape(row.order_key)}">' if movable else "  <tr>")
        if editable:
            drawn.append(mark("bulk_one")("bulk", row.id, row.title))
        if movable:
            drawn.append(_order(row))
        for label, cell in zip(labels, row.cells, strict=True):
            if cell.field.name == title_field:
                link = f'<a href="{escape(row.url)}">{escape(cell.shown)}</a>'
                drawn.append(f'    <th scope="row" data-label="{label}">{link}</th>')
            else:
                empty = " is-empty" if cell.is_empty and not cell.shown else ""
                drawn.append(f'    <td data-label="{label}" class="{look_of(cell)}{empty}">{cell_html(cell, key)}</td>')
        drawn.append("  </tr>")
    return Markup("".join(drawn))  # noqa: S704  # escaped piece by piece


def _group(page: ListPage, cell: Cell, project_key: str, editable: bool) -> str:
    assert page.state.group is not None
    span = len(page.state.columns) + (1 if editable else 0)
    value = escape(str(say("none"))) if cell.is_empty else cell_html(cell, project_key)
    count = mark("count")(page.group_counts.get(cell.raw, 0), str(say("rows in this group")))
    label = escape(str(page.state.group.label))
    return f'  <tr class="group-row"><th scope="rowgroup" colspan="{span}">{label}: {value} {count}</th></tr>'


def _order(row: ListRow) -> str:
    """A handle to drag, and a menu with the same moves that is a form for who has no script."""
    words = escape(str(say("Move %(title)s", title=row.title)))
    url = escape(row.order_form_url)
    menu = (
        f'<a class="button button-quiet button-icon" href="{url}" data-move-menu title="{words}">'
        f'{mark("icon")("dots")}<span class="visually-hidden">{words}</span></a>'
    )
    handle = f'<span class="board-handle" data-rank-handle>{mark("icon")("grip")}</span>'
    return f'<td class="order"><div class="order-tools">{handle}{menu}</div></td>'
