"""Drawing cells and fields: a function for each kind of field, since lists and records have hundreds of them.

What is drawn here is escaped here: every value goes through `escape`, every other piece is a literal or is markup.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from flask import current_app, g, url_for
from markupsafe import Markup, escape

from implementor.foundation.fields import Kind
from implementor.foundation.words import say, speech
from implementor.lists.cells import NUMBERS, Cell
from implementor.lists.origins import origin_link
from implementor.lists.record_page import RecordPage
from implementor.web.language import show_date, show_moment, show_number
from implementor.web.markdown import render_markdown

Draw = Callable[[Cell], str]
WIDE = (Kind.MARKDOWN, Kind.TEXT)
"""Kinds whose values take the whole width of a record."""
_NOT_GIVEN, _YES, _NO, _NEW_TAB = say("not given"), say("Yes"), say("No"), say("opens in a new tab")


def mark(name: str) -> Callable[..., str]:
    """A mark of `components/ui.html`, such as `badge`."""
    found: Callable[..., str] = getattr(current_app.jinja_env.globals["ui"], name)
    return found


def draw_cell(cell: Cell, project_key: str = "") -> Markup:
    """A value as people read it; no value is a dash. `project_key` stands before numbers that name a record."""
    return Markup(cell_html(cell, project_key))  # noqa: S704  # escaped piece by piece


def cell_html(cell: Cell, project_key: str = "") -> str:
    """The same as text that is escaped already."""
    field = cell.field
    if cell.is_empty and not cell.shown:
        return f'<span class="muted" aria-label="{escape(str(_NOT_GIVEN))}">–</span>'
    if field.mark and field.kind not in (Kind.CHOICE, Kind.TAGS):
        return f"{escape(project_key)}{escape(field.mark)}{escape(cell.raw)}"
    return DRAWN.get(field.kind, _as_it_is)(cell)


def _as_it_is(cell: Cell) -> str:
    return escape(cell.shown)


def _choice(cell: Cell) -> str:
    choice = cell.choice
    return escape(cell.shown) if choice is None else mark("badge")(choice.label, choice.tone)


def _tags(cell: Cell) -> str:
    return mark("tag_list")(cell.raw)


def _choices(cell: Cell) -> str:
    return mark("tag_list")(cell.field.words(cell.raw))


def _number(cell: Cell) -> str:
    return escape(cell.shown if cell.field.is_year else show_number(cell.shown))


def _amount(cell: Cell) -> str:
    return f'<span class="nowrap">{escape(cell.text)}</span>'


def _linked(cell: Cell) -> str:
    link = cell.link
    return f'<a href="{escape(link)}">{escape(cell.shown)}</a>' if link else escape(cell.shown)


def _web(cell: Cell) -> str:
    link = cell.link
    if not link:
        return escape(cell.shown)
    hint = f'<span class="visually-hidden">{escape(str(_NEW_TAB))}</span>'
    attributes = f'class="url" href="{escape(link)}" rel="noopener noreferrer nofollow" target="_blank"'
    return f"<a {attributes}>{escape(cell.text)}{hint}</a>"


def _reference(cell: Cell) -> str:
    return escape(cell.shown) if cell.field.target is None else _linked(cell)


def _day(cell: Cell) -> str:
    return escape(show_date(cell.shown))


def _moment(cell: Cell) -> str:
    return f'<time datetime="{cell.shown.isoformat()}">{escape(show_moment(cell.shown))}</time>'


def _prose(cell: Cell) -> str:
    return f'<div class="prose">{render_markdown(cell.shown)}</div>'


def _lines(cell: Cell) -> str:
    return f'<span class="kept-lines">{escape(cell.shown)}</span>'


def _yes_no(cell: Cell) -> str:
    return escape(str(_YES if cell.raw else _NO))


DRAWN: dict[Kind, Draw] = {
    Kind.LINE: _as_it_is,
    Kind.CURRENCY: _as_it_is,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.TAGS: _tags,
    Kind.WHOLE: _number,
    Kind.DECIMAL: _number,
    Kind.MONEY: _amount,
    Kind.PERCENT: _amount,
    Kind.EMAIL: _linked,
    Kind.PHONE: _linked,
    Kind.URL: _web,
    Kind.REFERENCE: _reference,
    Kind.DATE: _day,
    Kind.MOMENT: _moment,
    Kind.MARKDOWN: _prose,
    Kind.TEXT: _lines,
    Kind.YES_NO: _yes_no,
}


def draw_field(page: RecordPage, cell: Cell) -> Markup:
    """One field of a record's page: label, value, and the button that edits it in place."""
    field = cell.field
    target = f"field_{field.name}"
    label = escape(str(field.label)) + origin_link(field)
    wide = " record-field-wide" if field.kind in WIDE else ""
    button = _edit_button(page, cell, target) if page.may_edit(field) else ""
    key = present_key() if field.mark else ""
    return Markup(  # noqa: S704  # escaped piece by piece
        f'<div class="record-field{wide}" id="{target}">\n  <span class="record-label">{label}</span>\n'
        f'  <span class="record-value">{cell_html(cell, key)}</span>{button}</div>'
    )


def _edit_button(page: RecordPage, cell: Cell, target: str) -> str:
    url = escape(url_for("lists.edit_field", kind=page.sheet.entity.kind, record_id=page.id, field=cell.field.name))
    head = f'  <a class="button button-quiet button-icon record-edit" href="{url}" hx-get="{url}" hx-target="#{target}"'
    return head + _rest_of_button(speech().translations, str(cell.field.label), target)


@lru_cache(maxsize=2048)
def _rest_of_button(_translations: object, label: str, target: str) -> str:
    """What of the button does not depend on the record, kept for its language: a page has twenty."""
    words = escape(str(say("Edit %(field)s", field=label)))
    return (
        f' hx-swap="outerHTML" data-inline-edit="{target}" title="{words}">{mark("icon")("edit")}'
        f'<span class="visually-hidden">{words}</span></a>'
    )


def present_key() -> str:
    """The key of the project that this page is in; empty outside of projects."""
    project = g.get("project")
    return "" if project is None else str(project.key)


def look_of(cell: Cell) -> str:
    """The classes of a cell in a table."""
    field = cell.field
    if field.mark:
        return "nowrap muted is-named"
    if field.kind in NUMBERS:
        return "number"
    return "is-named" if field.kind is Kind.CHOICE and cell.choice is not None else ""
