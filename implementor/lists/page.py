"""Putting a list page together from its sheet and its address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.asking import ask
from implementor.foundation.fields import Field, Kind, Scope
from implementor.foundation.filters import ALL, ME, NONE, RANGED, WORDS, Filters, settled_condition
from implementor.foundation.lookup import lookups, mark_of
from implementor.foundation.model import Rows
from implementor.foundation.pages import (
    Page,
    count_within,
    is_against_indexes,
    page_from,
    page_of,
    page_walked,
    statement_of_page,
)
from implementor.foundation.statements import kept
from implementor.foundation.text import whole_number
from implementor.foundation.words import Phrase, say, say_n
from implementor.lists.queries import group_sizes, matching, order_by, order_of, rows_of_list, views_for
from implementor.lists.sheets import Sheet
from implementor.lists.state import PAGE_SIZES, ListState, read_state
from implementor.web.forms import choices_of

PICKED = (Kind.CHOICE, Kind.CHOICES, Kind.REFERENCE, Kind.YES_NO)
IN_THE_OPEN = 4
COUNTED = 1000
"""Rows are counted no further."""
MANY = 4000
"""From so many rows on that a filter leaves, SQLite does better to read them in their order than to sort them all."""
Settled = tuple[tuple[Field, tuple[str, ...]], ...]
"""Filters that always mean the same rows to the same person: their fields and what is asked of them."""


@dataclass(frozen=True)
class Sought:
    """What a filter by records found by name shows: its text, the mark beside it, and what is offered before typing."""

    text: str
    mark: str
    fixed: tuple[tuple[str, Phrase], ...]


@dataclass(frozen=True)
class ListPage:
    """A page of a list and everything around it; `rows` as `rows_of_list` selects them.

    `filter_fields` stand in the open, `folded_fields` under a fold; `choices` and `sought` are known of those that are
    drawn.
    """

    sheet: Sheet
    state: ListState
    rows: Sequence[Any]
    count: int
    has_more: bool
    next: str | None
    previous: str | None
    group_counts: Mapping[Any, int]
    views: Sequence[Any]
    filter_fields: Sequence[Field]
    folded_fields: Sequence[Field]
    choices: Mapping[str, Sequence[tuple[str, Any]]]
    sought: Mapping[str, Sought]
    sizes = PAGE_SIZES

    @property
    def columns_offered(self) -> list[Field]:
        hidden = (Kind.MARKDOWN, Kind.TEXT)
        return [field for field in self.state.visible if field.kind not in hidden and field.is_shown]

    @property
    def sorts_offered(self) -> list[Field]:
        return [field for field in self.state.visible if field.sortable]

    @property
    def groups_offered(self) -> list[Field]:
        return [field for field in self.state.visible if field.groupable]

    @property
    def order_url(self) -> str | None:
        """Where a row is moved in the hand-made order, when the list stands in it."""
        return self.sheet.order_url() if self.sheet.order_url is not None and self.state.is_hand_ordered else None

    def title_of(self, row: Any) -> str:
        """What the record of a row is called."""
        return str(row.row_title or self.sheet.entity.label)

    def order_key(self, row: Any) -> Any:
        """What tells a row apart when it is moved in the hand-made order."""
        return getattr(row, f"link_{self.sheet.link_columns[0]}") if self.sheet.link_columns else row.id

    @property
    def has_bulk(self) -> bool:
        """Whether any field of this list can be changed for many rows at once."""
        return any(field.bulk for field in self.state.visible)

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
        return example_of(field)


def example_of(field: Field) -> Phrase:
    """What may be typed into the filter by a field."""
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
    found, count = _page(session, sheet, scope, state)
    shown, folded = _filter_fields(state)
    drawn = (*shown, *folded) if "filters" in state.unfolded else shown
    return ListPage(
        sheet,
        state,
        found.rows,
        min(count, COUNTED),
        count > COUNTED,
        found.next,
        found.previous,
        _group_sizes(session, sheet, scope, state),
        session.execute(views_for(kind=sheet.entity.kind, scope=scope)).all(),
        shown,
        folded,
        {one.name: filter_choices(session, one, scope) for one in drawn if one.kind in PICKED and one.target is None},
        {one.name: sought_of(session, one, state.filters, scope) for one in drawn if one.target is not None},
    )


def _page(session: Session, sheet: Sheet, scope: Scope, state: ListState) -> tuple[Page, int]:
    """The rows of the page, and the count of all that match, right up to the bound."""
    walked = _walked(session, sheet, scope, state)
    if walked is not None:
        return walked, MANY
    fields, order, settled = _drawn_of(state), order_of(state), state.filters.settled
    is_first = settled is not None and not state.after and state.before is None
    if settled is not None and is_first and not is_against_indexes(session, order):
        first = _first_page(sheet, scope, settled, fields, (state.sort, state.descending, state.group), state.size)
        page = page_from(ask(session, first).all(), state.size, width=len(order))
    else:
        statement = _counted(matching(sheet.base(scope), state, scope), sheet, scope, fields, state.ordered_by)
        page = page_of(session, statement, order_by=order, limit=state.size, after=state.after, before=state.before)
    return page, page.rows[0].row_count if page.rows else 0


def _drawn_of(state: ListState) -> tuple[Field, ...]:
    """The fields of which rows tell: the columns, and by what they are grouped."""
    return tuple(dict.fromkeys((*state.columns, *((state.group,) if state.group else ()))))


def _walked(session: Session, sheet: Sheet, scope: Scope, state: ListState) -> Page | None:
    """The page of a filter that leaves many rows, read in their order; None where that is no shorter."""
    filters = state.filters
    if not filters.chosen or filters.words or state.group or session.get_bind().dialect.name != "sqlite":
        return None
    if _has_index(state):
        return None
    base, condition = sheet.base(scope), filters.condition(state.entity, scope)
    settled = filters.settled
    left = count_within(base.where(condition), MANY) if settled is None else _left_by(sheet, scope, settled)
    if (session.scalar(left) or 0) <= MANY:
        return None
    rows = rows_of_list(
        base, sheet.entity, _drawn_of(state), sheet.link_columns, scope.actor, ordered_by=state.ordered_by
    )
    return page_walked(
        session, rows, condition, order_by=order_of(state), limit=state.size, after=state.after, before=state.before
    )


def _has_index(state: ListState) -> bool:
    """Whether an index gives the rows of the only filter in the order that is asked for, so that none are sorted."""
    one, sort = state.filters.chosen[0], state.sort
    is_one_value = len(state.filters.chosen) == len(one.values) == 1
    if not is_one_value or one.field.kind in RANGED or one.field.matches is not None:
        return False
    columns: tuple[Any, ...] = (one.field.compared, one.field.column), (sort.sort_column, sort.column)
    wanted = [getattr(column if first is None else first, "key", None) for first, column in columns]
    return any([part.key for part in index.columns][:2] == wanted for index in state.entity.model.__table__.indexes)


@kept
def _left_by(sheet: Sheet, scope: Scope, settled: Settled) -> Rows:
    """How many rows a filter leaves, counted as far as that matters."""
    return count_within(sheet.base(scope).where(settled_condition(settled, scope)), MANY)


@kept
def _first_page(
    sheet: Sheet,
    scope: Scope,
    settled: Settled,
    fields: tuple[Field, ...],
    order: tuple[Field, bool, Field | None],
    size: int,
) -> Rows:
    sort, descending, group = order
    base = sheet.base(scope).where(settled_condition(settled, scope))
    statement = _counted(base, sheet, scope, fields, (sort,) if group is None else (group, sort))
    return statement_of_page(statement, order_by=order_by(sheet.entity, sort, descending, group), limit=size)


def _counted(base: Rows, sheet: Sheet, scope: Scope, fields: Sequence[Field], ordered_by: Sequence[Field]) -> Rows:
    """The rows of a list, each with how many there are, counted no further than one beyond the bound."""
    statement = rows_of_list(base, sheet.entity, fields, sheet.link_columns, scope.actor, ordered_by=ordered_by)
    return statement.add_columns(count_within(base, COUNTED).scalar_subquery().label("row_count"))


def _filter_fields(state: ListState) -> tuple[list[Field], list[Field]]:
    """The fields of the filter that stand in the open (those in use, and the first that are picked), and the others."""
    offered = [field for field in state.visible if field.filterable]
    used = {one.field.name for one in state.filters.chosen}
    picked = [field.name for field in offered if field.kind in PICKED and field.name not in used]
    shown = used.union(picked[: max(0, IN_THE_OPEN - len(used))])
    return [one for one in offered if one.name in shown], [one for one in offered if one.name not in shown]


def sought_of(session: Session, field: Field, filters: Filters, scope: Scope) -> Sought:
    """The present filter by a lookup; only a record that was chosen costs a statement."""
    values = filters.values_of(field.name)
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
    text = next((str(row[1]) for row in ask(session, titles)), str(say("something you cannot see")))
    return Sought(text, mark_of(number, text), fixed)


def filter_choices(session: Session, field: Field, scope: Scope) -> list[tuple[str, Any]]:
    """What a filter by one of few values offers, with words that are retired, oneself and nothing."""
    pairs: list[tuple[str, Any]] = list(choices_of(field, scope, session))
    if field.picklist is not None:  # old records still hold words that are retired
        pairs = [(choice.key, choice.label) for choice in field.known_choices]
    if field.kind is Kind.REFERENCE and field.is_person:
        pairs.insert(0, (ME, say("Me")))
    if field.kind is Kind.CHOICES:
        pairs.append((ALL, WORDS[ALL]))
    return pairs if field.required else [*pairs, (NONE, say("None"))]


def _group_sizes(session: Session, sheet: Sheet, scope: Scope, state: ListState) -> dict[Any, int]:
    if state.group is None:
        return {}
    sizes = group_sizes(matching(sheet.base(scope), state, scope), state.group)
    return {row[0]: row[1] for row in ask(session, sizes)}
