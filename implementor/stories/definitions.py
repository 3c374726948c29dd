"""When a story counts as ready to be built and as done: pure lists of what is still missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from implementor.foundation.words import Phrase, say, say_n

READY: dict[str, Phrase] = {
    "value": say("its value is known"),
    "points": say("its effort is estimated"),
    "criteria": say("it has at least one acceptance criterion"),
    "area": say("it belongs to an area"),
    "owner": say("somebody owns it"),
    "narrative": say("it says for whom, what and why"),
}
DONE: dict[str, Phrase] = {
    "criteria": say("every criterion before release is met"),
    "tests": say("every user test has passed"),
    "reviews": say("every area that was asked has approved"),
    "tasks": say("every task is done"),
    "matters": say("no open matter is left"),
}
USUAL_READY = ("value", "points", "criteria")
USUAL_DONE = ("criteria", "tests", "reviews")


@dataclass(frozen=True)
class Standing:
    """What the definitions look at; counts are of rows in use."""

    value: int | None = None
    points: Decimal | None = None
    area_id: int | None = None
    owner_id: int | None = None
    has_narrative: bool = False
    criteria: int = 0
    criteria_unmet: int = 0
    tests_not_passed: int = 0
    reviews_waiting: int = 0
    tasks_open: int = 0
    matters_open: int = 0


def missing_for_ready(standing: Standing, wanted: Sequence[str] = USUAL_READY) -> list[Phrase]:
    """What keeps a story from being ready, in words; empty when nothing does."""
    missing = {
        "value": (standing.value is None, say("its value is not stated")),
        "points": (standing.points is None, say("its effort is not estimated")),
        "criteria": (standing.criteria == 0, say("it has no acceptance criterion")),
        "area": (standing.area_id is None, say("it belongs to no area")),
        "owner": (standing.owner_id is None, say("nobody owns it")),
        "narrative": (not standing.has_narrative, say("it does not say for whom, what and why")),
    }
    return [sentence for key, (is_missing, sentence) in missing.items() if is_missing and key in wanted]


def missing_for_done(standing: Standing, wanted: Sequence[str] = USUAL_DONE) -> list[Phrase]:
    """What keeps a story from being validated, in words; empty when nothing does."""
    counted = {
        "criteria": say_n("%(count)s criterion is not met", "%(count)s criteria are not met", standing.criteria_unmet),
        "tests": say_n(
            "%(count)s user test has not passed", "%(count)s user tests have not passed", standing.tests_not_passed
        ),
        "reviews": say_n(
            "%(count)s area has not approved", "%(count)s areas have not approved", standing.reviews_waiting
        ),
        "tasks": say_n("%(count)s task is open", "%(count)s tasks are open", standing.tasks_open),
        "matters": say_n("%(count)s matter is open", "%(count)s matters are open", standing.matters_open),
    }
    return [sentence for key, sentence in counted.items() if sentence.count and key in wanted]
