"""Which stories of the backlog stand beside a wave: the filters of the backlog that planning asks for, and profiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.fields import Field, Scope
from implementor.foundation.filters import Filters, read_filters
from implementor.foundation.text import clean_line
from implementor.foundation.words import Phrase
from implementor.lists.page import PICKED, example_of, filter_choices
from implementor.planning import queries
from implementor.stories.catalogue import STORY

ASKED = ("moscow", "area", "tags", "points")
"""Fields of the story that narrow the backlog beside a wave."""
LONGEST = 200


@dataclass(frozen=True)
class PlanState:
    """What the shared filter fields read of a list."""

    filters: Filters


@dataclass(frozen=True)
class PlanFilter:
    """The filter as it is asked for and drawn; `sought` is there because the shared fields look for it."""

    state: PlanState
    fields: Sequence[Field]
    choices: Mapping[str, Sequence[tuple[str, Any]]]
    profile: str
    profiles: Sequence[str]
    sought: Mapping[str, Any]

    @property
    def filters(self) -> Filters:
        """The filters of the catalogue."""
        return self.state.filters

    @property
    def is_on(self) -> bool:
        """Whether it hides anything."""
        return bool(self.filters.chosen or self.filters.words or self.profile)

    @property
    def address(self) -> dict[str, str]:
        """The filter as the next address carries it."""
        said = {one.field.name: one.text for one in self.filters.chosen}
        return {**said, **{name: text for name, text in (("q", self.filters.words), ("profile", self.profile)) if text}}

    def example_of(self, field: Field) -> Phrase:
        """What may be typed into a field."""
        return example_of(field)


def plan_filter(session: Session, scope: Scope, asked: Mapping[str, Sequence[str]]) -> PlanFilter:
    """The filter that an address asks for, with what it offers to choose from."""
    visible = {one.name: one for one in STORY.visible_to(scope.actor)}
    fields = [visible[name] for name in ASKED if name in visible]
    profile = clean_line((asked.get("profile") or ("",))[0])[:LONGEST]
    return PlanFilter(
        PlanState(read_filters(fields, asked, scope)),
        fields,
        {one.name: filter_choices(session, one, scope) for one in fields if one.kind in PICKED and one.target is None},
        profile,
        [row[0] for row in session.execute(queries.profiles_of(project_id=scope.project_id or 0))],
        {},
    )
