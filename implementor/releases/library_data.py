"""The library of starting stories: processes of a CRM with their stories, settings, metrics and training, as data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from implementor.foundation.words import Label
from implementor.releases.item_kinds import Verb

FOLDER = Path(__file__).parent / "library"
ORDER = ("campaign_to_lead", "lead_to_opportunity", "opportunity_to_order", "case_to_resolution")


@dataclass(frozen=True)
class LibraryItem:
    """A setting: `values` by the fields that its kind asks; pipelines and stages are named by their keys."""

    kind: str
    verb: Verb
    target: str | None
    values: Mapping[str, Any]


@dataclass(frozen=True)
class LibraryStory:
    """A story as it begins; `metric` is one of the standard set, `topics` are what people must be taught."""

    key: str
    title: Label
    as_a: Label
    i_want: Label
    so_that: Label
    value: int
    points: str
    metric: str
    criteria: Sequence[Label]
    topics: Sequence[Label]
    items: Sequence[LibraryItem]


@dataclass(frozen=True)
class Process:
    """A way of working from its beginning to its end; `requirements` are what the business asks, with the stories."""

    key: str
    name: Label
    purpose: Label
    requirements: Sequence[tuple[Label, Sequence[str]]]
    stories: Sequence[LibraryStory]


@cache
def processes() -> tuple[Process, ...]:
    """The processes of the library in the order in which a customer meets them."""
    return tuple(_process(tomllib.loads((FOLDER / f"{key}.toml").read_text("utf-8"))) for key in ORDER)


def _process(data: Mapping[str, Any]) -> Process:
    requirements = [(Label(one["name"]), tuple(one["stories"])) for one in data["requirement"]]
    stories = tuple(_story(one) for one in data["story"])
    return Process(data["key"], Label(data["name"]), Label(data["purpose"]), requirements, stories)


def _story(data: Mapping[str, Any]) -> LibraryStory:
    return LibraryStory(
        data["key"], Label(data["title"]), Label(data["as_a"]), Label(data["i_want"]), Label(data["so_that"]),
        data["value"], str(data["points"]), data["metric"], tuple(map(Label, data["criteria"])),
        tuple(map(Label, data["topics"])), tuple(_item(one) for one in data["item"]),
    )  # fmt: skip


def _item(data: Mapping[str, Any]) -> LibraryItem:
    return LibraryItem(data["kind"], data.get("verb", "add"), data.get("target"), data["values"])
