"""How a suggestion says why a story is left out, and what binds."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from implementor.foundation.words import Phrase, say, say_n
from implementor.planning import reasons
from implementor.planning.posing import PROFILE, Posed
from implementor.planning.problem import POINTS
from implementor.planning.reasons import LeftOut
from implementor.stories.links import story_name
from implementor.web.language import show_number

FIXED: dict[str, Phrase] = {
    reasons.NO_ESTIMATE: say("Nobody has estimated it"),
    reasons.PINNED_OUT: say("Kept out by hand"),
    reasons.WILL_NOT: say("Won't have, by its priority"),
    reasons.NO_VALUE: say("No value is stated"),
}


def amount(hundredths: int) -> str:
    """An amount of points, hours or value as people write it."""
    return show_number(Decimal(hundredths) / 100)


def resource_name(posed: Posed, resource: str) -> Phrase:
    """What there is too little of."""
    if resource == POINTS:
        return say("points")
    name = posed.names.get(resource, resource.partition(":")[2])
    return say("hours of %(profile)s", profile=name) if resource.startswith(PROFILE) else say(
        "points of %(person)s", person=name)  # fmt: skip


def named(numbers: Sequence[int]) -> str:
    """Stories by the names people know."""
    return ", ".join(story_name(number) for number in numbers)


def reason_text(posed: Posed, reason: LeftOut) -> Phrase:
    """One reason in words, with its figures."""
    others = named(reason.others)
    if reason.kind in FIXED:
        return FIXED[reason.kind]
    if reason.kind == reasons.TOO_LATE:
        return say("Waits for %(stories)s, planned later or not at all", stories=others)
    if reason.kind == reasons.WAITS:
        return say("Waits for %(stories)s, which cannot be in", stories=others)
    if reason.kind == reasons.LOWER:
        values = {"own": amount(reason.wanted), "least": amount(reason.left)}
        return say("Lower value: %(own)s for each point, the least that is in brings %(least)s", **values)
    return _too_little(posed, reason, others)


def _too_little(posed: Posed, reason: LeftOut, others: str) -> Phrase:
    if not reason.resource:
        return say("It does not fit together with what is in")
    what = {
        "wanted": amount(reason.wanted), "left": amount(reason.left), "what": resource_name(posed, reason.resource),
    }  # fmt: skip
    if reason.kind == reasons.TOO_LARGE:
        if others:
            return say("Too large with %(stories)s: %(wanted)s of %(left)s %(what)s", stories=others, **what)
        return say("Too large: %(wanted)s of %(left)s %(what)s", **what)
    if others:
        return say("No room with %(stories)s: needs %(wanted)s, %(left)s %(what)s are left", stories=others, **what)
    return say("No room: needs %(wanted)s, %(left)s %(what)s are left", **what)


def count_of_stories(count: int) -> Phrase:
    """So many stories."""
    return say_n("%(count)s story", "%(count)s stories", count)
