"""Simple conditions over the fields of a kind of record, as rules keep them; `matching` says what they mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from implementor.foundation.words import Phrase, say


class Comparison(StrEnum):
    """What is asked of a field."""

    EQUALS = "equals"
    ONE_OF = "one_of"
    NONE_OF = "none_of"
    CONTAINS = "contains"
    IS_SET = "is_set"
    IS_EMPTY = "is_empty"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"

    @property
    def needs_value(self) -> bool:
        return self not in (Comparison.IS_SET, Comparison.IS_EMPTY)


TEST_LABELS: Mapping[Comparison, Phrase] = {
    Comparison.EQUALS: say("is"), Comparison.ONE_OF: say("is one of"), Comparison.NONE_OF: say("is none of"),
    Comparison.CONTAINS: say("contains all of"),
    Comparison.IS_SET: say("is filled in"), Comparison.IS_EMPTY: say("is empty"),
    Comparison.AT_LEAST: say("is at least"), Comparison.AT_MOST: say("is at most"),
}  # fmt: skip


@dataclass(frozen=True)
class Condition:
    """One condition. `values` are stored values as text that no language changes: keys, ids, ISO days, `1000 EUR` as
    minor units with the currency, y and n."""

    field: str
    test: Comparison
    values: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """A form to store."""
        return {"field": self.field, "test": self.test.value, "values": list(self.values)}


def conditions_from(stored: Iterable[Mapping[str, Any]]) -> tuple[Condition, ...]:
    """The conditions that `Condition.as_json` stored."""
    return tuple(Condition(one["field"], Comparison(one["test"]), tuple(one.get("values", ()))) for one in stored)
