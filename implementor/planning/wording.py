"""What a plan says in words: loads, what waits for what, and what a move would break."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from implementor.foundation.words import Phrase, say, say_n
from implementor.planning.dependencies import End, Link
from implementor.planning.load import LoadLine
from implementor.stories.links import story_name
from implementor.web.language import show_number

MOST_NAMED = 4
SOURCES = {
    "velocity": say("from what the last waves brought in a day"),
    "rate": say("from the stated points in a day"),
    "stated": say("stated for this wave"),
}
"""Where the capacity in points comes from."""


def points_load(line: LoadLine) -> Phrase:
    """A load in points, such as "24 of 20 points, over by 4"."""
    needed = show_number(line.needed)
    if line.room is None:
        return say_n("%(needed)s point", "%(needed)s points", 1 if line.needed == 1 else 2, needed=needed)
    room = show_number(line.room)
    if line.over:
        return say("%(needed)s of %(room)s points, over by %(over)s", needed=needed, room=room,
                   over=show_number(line.over))  # fmt: skip
    return say("%(needed)s of %(room)s points, %(left)s left", needed=needed, room=room, left=show_number(line.left))


def hours_load(line: LoadLine) -> Phrase:
    """A load in hours, such as "40 of 32 hours, over by 8"."""
    needed = show_number(line.needed)
    if line.room is None:
        return say("%(needed)s hours, nobody of this profile in the wave", needed=needed)
    room = show_number(line.room)
    if line.over:
        return say("%(needed)s of %(room)s hours, over by %(over)s", needed=needed, room=room,
                   over=show_number(line.over))  # fmt: skip
    return say("%(needed)s of %(room)s hours, %(left)s left", needed=needed, room=room, left=show_number(line.left))


def light_text(broken: Sequence[Link]) -> Phrase:
    """What a story waits for in vain, or that everything it waits for comes in time."""
    if not broken:
        return say("What it waits for comes in time")
    return say("Waits for %(stories)s", stories=named([_where(link.blocker) for link in broken]))


def break_text(links: Sequence[Link]) -> Phrase:
    """What a move would break, sentence by sentence."""
    return say("Breaks %(dependencies)s", dependencies=named([_waits(link) for link in links]))


def _waits(link: Link) -> Phrase:
    return say("%(story)s, which waits for %(other)s", story=story_name(link.blocked.number),
               other=_where(link.blocker))  # fmt: skip


def _where(end: End) -> Phrase:
    if end.place is None:
        return say("%(story)s (in no wave)", story=story_name(end.number))
    return say("%(story)s (%(wave)s)", story=story_name(end.number), wave=end.place.name)


def named(parts: Iterable[Phrase | str]) -> str:
    """The first few, and how many more there are."""
    texts = [str(part) for part in parts]
    shown = ", ".join(texts[:MOST_NAMED])
    if len(texts) <= MOST_NAMED:
        return shown
    return str(say("%(shown)s and %(count)s more", shown=shown, count=len(texts) - MOST_NAMED))
