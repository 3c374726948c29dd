"""Putting a list page together from its sheet and its address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from implementor.foundation.fields import Field, Kind, Scope
from implementor.foundation.filters import ME, NONE, WORDS
from implementor.foundation.lookup import lookups, mark_of
from implementor.foundation.model import Rows
from implementor.foundation.pages import bounded_count, page_of
from implementor.foundation.text import whole_number
from implementor.foundation.words import Phrase, say, say_n
from implementor.lists.cells import Cell, cell_of_row
from implementor.lists.queries import group_sizes, matching, order_of, rows_of_list, views_for
from implementor.lists.sheets import Sheet
from implementor.lists.state import PAGE_SIZES, ListState, read_state
from implementor.web.forms import choices_of

PICKED = (Kind.CHOICE, Kind.REFERENCE, Kind.YES_NO)
IN_THE_OPEN = 4


class ListRow(NamedTuple):
    """One row: its record, its cells in the order of the columns, and the group it opens if any."""

    id: int
    version: int
    url: str
    title: str
    order_key: Any
    order_form_url: str | None
    cells: tuple[Cell, ...]
    opens_group: Cell | None


@dataclass(frozen=True)
class Sought:
    """What a filter by records found by name shows: its text, the mark beside it, and what is offered before typing."""

    text: str
    mark: str
    fixed: tuple[tuple[str, Phrase], ...]


@dataclass(frozen=True)
class ListPage:
    """A page of a list and everything around it."""

    sheet: Sheet
    state: ListState
    rows: tuple[ListRow, ...]
    count: int
    has_more: bool
    next: str | None
    previous: str | None
    group_counts: Mapping[Any, int]
    views: Sequence[Any]
    choices: Mapping[str, Sequence[tuple[str, Any]]]
    visible: Sequence[Field]
    sought: Mapping[str, Sought]
    sizes = PAGE_SIZES

    @property
    def filter_fields(self) -> list[Field]:
        """The fields of the filter that stand in the open: those in use, and the first that are picked from choices."""
        used = [one.field for one in self.state.filters.chosen]
        picked = [field for field in self.visible if field.filterable and field.kind in PICKED and field not in used]
        chosen = [*used, *picked[: max(0, IN_THE_OPEN - len(used))]]
        return [field for field in self.visible if field in chosen]

    @property
    def folded_fields(self) -> list[Field]:
        """The fields of the filter that wait under a fold."""
        shown = self.filter_fields
        return [field for field in self.visible if field.filterable and field not in shown]

    @property
    def columns_offered(self) -> list[Field]:
        hidden = (Kind.MARKDOWN, Kind.TEXT)
        return [field for field in self.visible if field.kind not in hidden and field.is_shown]

    @property
    def sorts_offered(self) -> list[Field]:
        return [field for field in self.visible if field.sortable]

    @property
    def groups_offered(self) -> list[Field]:
        return [field for field in self.visible if field.groupable]

    @property
    def order_url(self) -> str | None:
        """Where a row is moved in the hand-made order, when the list stands in it."""
        return self.sheet.order_url() if self.sheet.order_url is not None and self.state.is_hand_ordered else None

    @property
    def has_bulk(self) -> bool:
        """Whether any field of this list can be changed for many rows at once."""
        return any(field.bulk for field in self.visible)

    @property
    def count_text(self) -> Phrase:
        """How many rows match, counted no further than a bound."""
        if self.has_more:
            return say("more than %(count)s", count=self.count)
        return say_n("%(count)s row", "%(count)s rows", self.count)

    @property
    def matching_text(self) -> Phrase | None:
        """The words on the button that chooses everything, where nobody counted to the end."""
        return say("Choose everything that matches") if self.has_more else None

    def example_of(self, field: Field) -> Phrase:
        """What may be typed into a field of the filter."""
        match field.kind:
            case Kind.WHOLE | Kind.DECIMAL:
                return say("3 or 3..8")
            case Kind.DATE | Kind.MOMENT:
                return say("2026-01-01..2026-03-31")
            case Kind.MONEY:
                return say("1000..5000 EUR")
            case Kind.PERCENT:
                return say("25..50")
        return say("one or more, with commas")


def list_page(session: Session, sheet: Sheet, scope: Scope, asked: Mapping[str, Sequence[str]]) -> ListPage:
    """The page an address asks for; the number of statements does not depend on the rows."""
    state = read_state(sheet.entity, asked, scope)
    base = matching(sheet.base(scope), state, scope)
    fields = list(dict.fromkeys((*state.columns, *((state.group,) if state.group else ()))))
    statement = rows_of_list(base, sheet.entity, fields, sheet.link_columns, scope.actor, ordered_by=state.ordered_by)
    found = page_of(
        session, statement, order_by=order_of(state), limit=state.size, after=state.after, before=state.before
    )
    count, more = bounded_count(session, base)
    sizes = _group_sizes(session, base, state.group)
    views = session.execute(views_for(kind=sheet.entity.kind, scope=scope)).all()
    rows = _rows(found.rows, state, sheet)
    visible = sheet.entity.visible_to(scope.actor)
    choices = {
        field.name: _choices(session, field, scope)
        for field in visible
        if field.filterable and field.kind in PICKED and field.target is None
    }
    sought = {
        field.name: _sought(session, field, state.filters.values_of(field.name), scope)
        for field in visible
        if field.filterable and field.target is not None
    }
    return ListPage(sheet, state, rows, count, more, found.next, found.previous, sizes, views, choices, visible, sought)


def _sought(session: Session, field: Field, values: Sequence[str], scope: Scope) -> Sought:
    """The present filter by a lookup; only a record that was chosen costs a statement."""
    offered = [(ME, WORDS[ME])] if field.is_person else []
    fixed = (*offered, *(() if field.required else ((NONE, WORDS[NONE]),)))
    if not values:
        return Sought("", "", fixed)
    if len(values) > 1:
        text = str(say("%(number)s chosen", number=len(values)))
        return Sought(text, mark_of(",".join(values), text), fixed)
    number = whole_number(values[0])
    if number is None:
        text = str(WORDS.get(values[0], values[0]))
        return Sought(text, mark_of(values[0], text) if values[0] in WORDS else "", fixed)
    titles = lookups[field.target or ""].titles([number], scope.actor)
    text = next((str(row[1]) for row in session.execute(titles)), str(say("something you cannot see")))
    return Sought(text, mark_of(number, text), fixed)


def _choices(session: Session, field: Field, scope: Scope) -> list[tuple[str, Any]]:
    pairs: list[tuple[str, Any]] = list(choices_of(field, scope, session))
    if field.picklist is not None:  # old records still hold words that are retired
        pairs = [(choice.key, choice.label) for choice in field.known_choices]
    if field.kind is Kind.REFERENCE and field.is_person:
        pairs.insert(0, (ME, say("Me")))
    return pairs if field.required else [*pairs, (NONE, say("None"))]


def _group_sizes(session: Session, base: Rows, group: Field | None) -> dict[Any, int]:
    if group is None:
        return {}
    return {row[0]: row[1] for row in session.execute(group_sizes(base, group))}


def _rows(found: Sequence[Any], state: ListState, sheet: Sheet) -> tuple[ListRow, ...]:
    rows: list[ListRow] = []
    last: Any = object()
    for row in found:
        group = cell_of_row(row, state.group) if state.group else None
        opens = group if group is not None and group.raw != last else None
        last = group.raw if group is not None else last
        cells = tuple(cell_of_row(row, column) for column in state.columns)
        title = str(row.row_title or sheet.entity.label)
        key = getattr(row, f"link_{sheet.link_columns[0]}") if sheet.link_columns else row.id
        form = sheet.order_form_url(row) if sheet.order_form_url is not None and state.is_hand_ordered else None
        rows.append(ListRow(row.id, row.version, sheet.record_url(row), title, key, form, cells, opens))
    return tuple(rows)
