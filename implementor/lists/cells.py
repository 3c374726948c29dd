"""Cells of lists and records: a stored value as people read it, whatever kind of field it is."""

from __future__ import annotations

from typing import Any, NamedTuple

from implementor.foundation.amounts import shown_money, shown_share
from implementor.foundation.contacting import mail_link, phone_link, shown_url, web_link
from implementor.foundation.fields import Choice, Field, Kind
from implementor.foundation.lookup import lookups
from implementor.foundation.money import plain_amount
from implementor.foundation.words import Phrase, say
from implementor.lists.queries import currency_label, raw_label, shown_label

LINKS = {Kind.EMAIL: mail_link, Kind.PHONE: phone_link, Kind.URL: web_link}
NUMBERS = (Kind.WHOLE, Kind.DECIMAL, Kind.MONEY, Kind.PERCENT)
"""Kinds whose values stand in columns of digits."""
UNSEEN = say("something you cannot see")
"""Stands for a record beyond the reader's reach that another one points at."""


class Cell(NamedTuple):
    """One value of one field, ready to be drawn; a list has hundreds, and tuples are made the fastest."""

    field: Field
    raw: Any
    shown: Any
    currency: str | None = None

    @property
    def text(self) -> Any:
        """What people read, for the kinds that are neither shown as they are stored nor drawn."""
        match self.field.kind:
            case Kind.MONEY:
                return shown_money(self.raw, self.currency)
            case Kind.PERCENT:
                return f"{shown_share(self.raw)}\u00a0%"
            case Kind.URL:
                return shown_url(str(self.raw))
        return self.shown

    @property
    def link(self) -> str:
        """Where the value leads: to who is reached by it or to the record that is meant; empty for nowhere."""
        field = self.field
        if field.target is not None:
            url = lookups[field.target].url
            is_seen = self.raw is not None and self.shown and self.shown is not UNSEEN
            return url(self.raw) if url is not None and is_seen else ""
        find = LINKS.get(field.kind)
        return find(str(self.raw)) if find is not None and self.raw else ""

    @property
    def choice(self) -> Choice | None:
        return self.field.choice(self.raw) if self.field.kind is Kind.CHOICE else None

    @property
    def is_empty(self) -> bool:
        return self.raw is None or self.raw == "" or self.raw == []


def cell_of_row(row: Any, field: Field) -> Cell:
    """The cell of a list's row."""
    raw = getattr(row, raw_label(field))
    shown = getattr(row, shown_label(field)) if field.shown is not None else raw
    if shown is None and raw is not None and field.target is not None:
        shown = UNSEEN
    if field.told is not None:
        shown = field.told(raw, shown)
    if field.kind is not Kind.MONEY:
        return Cell(field, raw, shown)
    fixed = field.currency if isinstance(field.currency, str) else None
    return Cell(field, raw, shown, fixed or getattr(row, currency_label(field), None))


def plain_value(cell: Cell) -> Any:
    """The value for a sheet or file: labels of choices, names of references, numbers and dates as they are."""
    if cell.is_empty or cell.shown is UNSEEN:
        return None
    if cell.choice is not None:
        return str(cell.choice.label)
    if cell.field.kind is Kind.CHOICES:
        return "; ".join(map(str, cell.field.words(cell.raw)))
    if cell.field.kind is Kind.TAGS:
        return ", ".join(cell.raw)
    if cell.field.kind is Kind.MONEY:
        return plain_amount(cell.raw, cell.currency) if cell.currency else None
    return cell.raw.scaleb(2).normalize() if cell.field.kind is Kind.PERCENT else cell.shown


def sheet_header(field: Field) -> list[Phrase]:
    """What stands above a field's columns in a sheet: an amount has its currency beside it, a percentage says so."""
    if field.kind is Kind.PERCENT:
        return [say("%(field)s (%%)", field=field.label)]
    if field.kind is not Kind.MONEY:
        return [field.label]
    if field.currency_name is None:
        return [say("%(field)s (%(currency)s)", field=field.label, currency=field.currency or "")]
    return [field.label, say("%(field)s: currency", field=field.label)]


def sheet_values(cell: Cell) -> list[Any]:
    """The values for the columns of `sheet_header`."""
    value = plain_value(cell)
    return [value, None if cell.is_empty else cell.currency] if cell.field.currency_name is not None else [value]
