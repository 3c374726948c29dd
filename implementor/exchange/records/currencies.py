"""The currencies of a row: what an amount, a column beside it, or the usual one says it is in."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any

from implementor.exchange.kinds import Setup
from implementor.exchange.readers.source import Cell
from implementor.exchange.records.declaring import Draft
from implementor.exchange.values import is_missing, line_of, number_of
from implementor.foundation.amounts import Money, currency_in
from implementor.foundation.conventions import Reading
from implementor.foundation.errors import BadValue
from implementor.foundation.fields import Entity, Field, Kind
from implementor.foundation.money import currency_called, digits
from implementor.foundation.values import as_stored
from implementor.foundation.words import say

MOST_CODES = 500
"""So many writings of currencies are read once; a file has few."""


def says_currency(setup: Setup, draft: Draft, amount: str, beside: str, usual: str) -> bool:
    """Whether a row names the currency of an amount, with it or in the column beside it; else it is the `usual` one."""
    cells = draft.row.cells
    of = {name: [cells[one] for one in setup.columns_of(name) if one < len(cells)] for name in (amount, beside)}
    if setup.options.defaults.get(beside) or not all(map(is_missing, of[beside])):
        return True
    return any(isinstance(cell, str) and currency_in(cell, usual) for cell in of[amount])


class Currencies:
    """Reads the amounts of rows; `mapped` are the fields that the file fills."""

    def __init__(self, entity: Entity, mapped: Collection[str], reading: Reading) -> None:
        self.entity, self.reading = entity, reading
        columns = [one.attribute for name in mapped if (one := entity.fields[name]).kind is Kind.CURRENCY]
        self._codes: dict[Cell, Any] = {}
        self.shared = columns[0] if len(columns) == 1 else ""
        """The only currency that the file tells: amounts that have none of their own are in it too."""

    @cached_property
    def currency_of(self) -> Mapping[str, str]:
        """Attribute of each amount -> attribute of its currency."""
        return {
            one.attribute: one.currency_name
            for one in self.entity.fields.values()
            if one.kind is Kind.MONEY and one.currency_name
        }

    @cached_property
    def _dependent(self) -> frozenset[str]:
        """Currencies that say nothing without their amounts."""
        return frozenset(
            one.attribute for one in self.entity.fields.values() if one.kind is Kind.CURRENCY and not one.editable
        )

    def code(self, one: Field, cell: Cell) -> Any:
        """The code of a currency that is written as a code or a sign, or by its name. Raises BadValue."""
        found = self._codes.get(cell)
        if found is None:
            word = line_of(cell)
            known = currency_called(word) or currency_in(word, self.reading.currency)
            found = as_stored(one, known or word, self.reading)
            if len(self._codes) < MOST_CODES:
                self._codes[cell] = found
        return found

    def amount(self, one: Field, draft: Draft, cell: Cell, *, comma: bool | None) -> Money | int | None:
        """An amount in the currency that it names, else that of its row, else the usual one. Raises BadValue.

        One that names another currency than its row could be either, so it is refused.
        """
        fixed = one.currency if isinstance(one.currency, str) else None
        beside = draft.values.get(one.currency_name or "") or draft.values.get(self.shared)
        named = currency_in(cell, beside or self.reading.currency) if isinstance(cell, str) else None
        bare = re.sub(named, "", str(cell), flags=re.IGNORECASE) if named else cell
        number = number_of(bare, comma=comma)
        if number is None:
            return None
        if named and beside and not fixed and named != beside:
            raise BadValue(
                say("%(field)s is in %(named)s, and its row says %(beside)s.",
                    field=one.label, named=named, beside=beside)
            )  # fmt: skip
        currency = fixed or named or beside or self.reading.currency
        minor = int((number * 10 ** digits(currency)).to_integral_value())
        as_stored(one, minor, self.reading)
        return minor if fixed or one.currency is None else Money(minor, currency)

    def settle(self, draft: Draft) -> None:
        """An amount without a currency beside it is in the usual one; a currency without amounts is none."""
        values = draft.values
        for amount, currency in self.currency_of.items():
            if values.get(amount) is not None and not values.get(currency):
                values[currency] = self.reading.currency
        for currency in self._dependent:
            amounts = [amount for amount, beside in self.currency_of.items() if beside == currency]
            if any(values.get(amount) is not None for amount in amounts):
                continue
            values.pop(currency, None)
            if any(amount in values for amount in amounts):
                values[currency] = None

    def keep_together(self, after: dict[str, Any], values: Mapping[str, Any], row: Any) -> None:
        """Fill a blank amount together with its currency; it stays blank where other amounts are in another one."""
        for amount, currency in self.currency_of.items():
            said, present = values.get(currency), getattr(row, currency)
            if after.get(amount) is None or currency in after or said in (None, present):
                continue
            others = (one for one, beside in self.currency_of.items() if beside == currency and one != amount)
            if any(getattr(row, one) is not None for one in others):
                del after[amount]
            else:
                after[currency] = said
