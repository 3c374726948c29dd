"""How scenarios say what they suppose and what a plan breaks."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from implementor.foundation.words import Phrase, say
from implementor.planning import weighing
from implementor.planning.posing import Posed
from implementor.planning.scenario_models import CAPACITY, END, PEOPLE, PERSON, STORY, ScenarioChange
from implementor.planning.views.suggestion_words import amount, named, resource_name
from implementor.planning.weighing import Broken
from implementor.web.language import show_date, show_number


def change_text(posed: Posed, change: ScenarioChange, titles: Mapping[int, Any]) -> Phrase:
    """What a scenario supposes, in words."""
    wave = next((one.name for one in posed.waves if one.id == change.wave_id), str(say("a wave that has started")))
    number = show_number(change.amount.normalize() if change.amount is not None else Decimal(0))
    story = titles.get(change.story_id or 0)
    title = story.title if story is not None else str(say("a story that is gone"))
    if change.kind == CAPACITY:
        return say("%(wave)s has %(number)s %% of its capacity", wave=wave, number=number)
    if change.kind == PERSON:
        return say("%(person)s gives %(number)s %% of the time planned for %(wave)s", person=_person(posed, change),
                   number=number, wave=wave)  # fmt: skip
    if change.kind == PEOPLE:
        return say("%(number)s people more in %(wave)s: %(profile)s", number=number, wave=wave,
                   profile=change.profile or say("any profile"))  # fmt: skip
    if change.kind == END:
        return say("%(wave)s ends on %(day)s", wave=wave, day=show_date(change.on_date) if change.on_date else "–")
    if change.kind == STORY:
        return say("%(story)s comes into %(wave)s", story=title, wave=wave)
    return say("%(story)s stays out", story=title)


def _person(posed: Posed, change: ScenarioChange) -> str:
    people = {one.key: one.name for capacity in posed.capacities for one in capacity.people}
    return people.get(change.person_key or "", change.person_key or "–")


def broken_text(posed: Posed, broken: Broken) -> Phrase:
    """A rule that a plan breaks, with its figures."""
    wave, stories = posed.waves[broken.place].name, named(broken.stories)
    if broken.kind == weighing.OVER:
        return say(
            "%(wave)s: %(taken)s of %(held)s %(what)s, over by %(over)s", wave=wave, taken=amount(broken.taken),
            held=amount(broken.held), what=resource_name(posed, broken.resource),
            over=amount(broken.taken - broken.held),
        )  # fmt: skip
    if broken.kind == weighing.EARLY:
        return say("%(wave)s: before what they wait for: %(stories)s", wave=wave, stories=stories)
    if broken.kind == weighing.BARRED:
        return say("%(wave)s: waiting for stories planned later: %(stories)s", wave=wave, stories=stories)
    if broken.kind == weighing.UNKNOWN:
        return say("%(wave)s: without an estimate: %(stories)s", wave=wave, stories=stories)
    return say(
        "%(wave)s: must-haves take %(taken)s of %(held)s points, more than %(most)s %%", wave=wave,
        taken=amount(broken.taken), held=amount(broken.held), most=weighing.MOST_MUSTS,
    )  # fmt: skip
