"""Funnel and forecast of some sales alone: those that hold chosen words in fields of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import request
from sqlalchemy import ColumnElement

from implementor.crm.opportunities.catalogue import OPPORTUNITY
from implementor.foundation.extension import is_key
from implementor.foundation.fields import Field, Kind
from implementor.foundation.filters import ALL, Filters, read_filters
from implementor.lists.page import filter_choices
from implementor.lists.record_page import present_scope
from implementor.web.guard import actor
from implementor.web.unit_of_work import session

FEW_VALUES = (Kind.CHOICE, Kind.CHOICES, Kind.YES_NO)


@dataclass(frozen=True)
class Narrowing:
    """The fields that an address can narrow sales by, and how it does; the list of sales takes the same parameters."""

    fields: Sequence[Field]
    filters: Filters

    @property
    def only(self) -> ColumnElement[bool]:
        """The sales that are counted."""
        return self.filters.condition(OPPORTUNITY, present_scope())

    @cached_property
    def address(self) -> dict[str, Any]:
        """What addresses of records and other pages carry along, of the fields that are chosen."""
        return {one.field.name: ",".join(one.values) for one in self.filters.chosen}

    @property
    def inputs(self) -> list[dict[str, Any]]:
        """What the form shows of each field, of which it takes one word."""
        return [
            {
                "name": one.name, "label": one.label, "chosen": self.filters.values_of(one.name),
                "choices": [pair for pair in filter_choices(session(), one, present_scope()) if pair[0] != ALL],
            }
            for one in self.fields
        ]  # fmt: skip


def narrowing() -> Narrowing:
    """How the present address narrows sales; hidden and withdrawn fields narrow nothing."""
    fields = [
        one
        for one in OPPORTUNITY.fields.values()
        if is_key(one.name) and one.filterable and one.kind in FEW_VALUES and one.is_visible_to(actor())
    ]
    asked = {one.name: request.args.getlist(one.name) for one in fields}
    return Narrowing(fields, read_filters(fields, asked, present_scope()))


def parting_fields(narrowed: Narrowing) -> dict[str, Field]:
    """Fields of one's own by which figures are parted so that parts add up: those that hold one word."""
    return {one.name: one for one in narrowed.fields if one.kind is Kind.CHOICE}
