"""Rows held to the rules for what must be filled in, those of them that ask it of files too."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from implementor.exchange.kinds import Reason, Setup
from implementor.exchange.records.declaring import Draft, RecordImport
from implementor.foundation.needs import sentence_of, unmet


def lacking(
    declared: RecordImport, setup: Setup, draft: Draft, after: Mapping[str, Any] | None, row: Any
) -> list[Reason]:
    """Why the record of a row would lack what it needs: a new one (`row` is None), or one that gets the values `after`.

    A link that the file names counts as filled in: what it points at may be made with it.
    """
    entity, is_new = declared.entity, row is None
    values = {**declared.usual, **draft.values} if is_new else dict(ChainMap(dict(after or {}), dict(row._mapping)))
    record = SimpleNamespace(**values)
    return [
        Reason(sentence_of(entity, need), str(entity.fields[need.field].label))
        for need in unmet(entity, record, setup.by)
        if need.in_imports and need.stops(is_new=is_new) and need.field not in draft.links
    ]
