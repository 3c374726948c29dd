"""The steps of creating a project: which inputs each shows, and how the people chosen so far travel along."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from implementor.foundation.permissions import PROJECT_ROLES, Role
from implementor.foundation.words import Phrase, say


@dataclass(frozen=True)
class Step:
    """One page of the wizard; `names` are the inputs it shows, all others travel hidden."""

    key: str
    label: Phrase
    names: tuple[str, ...]


STEPS = (
    Step("about", say("The project"), ("key", "name", "purpose", "programme_id", "programme_name")),
    Step(
        "scope",
        say("Scope and calendar"),
        ("areas", "starts_on", "ends_on", "country", "region", "regions_of", "deployment", "method_key"),
    ),
    Step("people", say("People"), ("people",)),
    Step("stories", say("First stories"), ("stories",)),
    Step("check", say("Check and create"), ()),
)
CARRIED = tuple(name for step in STEPS for name in step.names)
"""Every input that travels from step to step."""

MOST_PEOPLE = 200


def step_of(key: str) -> int:
    """The place of a step; the first for anything unknown."""
    return next((place for place, step in enumerate(STEPS) if step.key == key), 0)


def chosen_people(texts: Iterable[str]) -> list[tuple[Role, int]]:
    """People from the form's `role:id` texts, each pair once, in the order they were chosen; others are left out."""
    chosen: dict[tuple[Role, int], None] = {}
    for text in texts:
        role, _, number = text.partition(":")
        if role in {str(one) for one in PROJECT_ROLES} and number.isdecimal() and len(number) < 19:
            chosen[Role(role), int(number)] = None
    return list(chosen)[:MOST_PEOPLE]


def carried_people(chosen: Iterable[tuple[Role, int]]) -> list[str]:
    """The opposite of `chosen_people`."""
    return [f"{role}:{user_id}" for role, user_id in chosen]
