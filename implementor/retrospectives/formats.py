"""The formats of retrospectives: what stands above the columns of each."""

from __future__ import annotations

from collections.abc import Mapping

from implementor.foundation.fields import Choice
from implementor.foundation.text import clean_line
from implementor.foundation.words import Phrase, say

OWN = "own"
FEWEST, MOST, LONGEST = 2, 6, 60
"""How many columns of one's own there are, and how many characters the name of one has."""
COLUMNS: Mapping[str, tuple[Phrase, ...]] = {
    "start_stop": (say("Start doing"), say("Stop doing"), say("Go on doing")),
    "four_ls": (say("Liked"), say("Learned"), say("Lacked"), say("Longed for")),
    "sailboat": (say("Wind: what drives us"), say("Anchor: what holds us"), say("Rocks: what threatens us"),
                 say("Island: where we want to go")),
}  # fmt: skip
FORMATS = (
    Choice("start_stop", say("Start, stop, continue")),
    Choice("four_ls", say("The four Ls")),
    Choice("sailboat", say("Sailboat")),
    Choice(OWN, say("Columns of our own")),
)


def own_names(text: str) -> list[str]:
    """The columns that somebody typed, one a line; blank lines are passed over."""
    return [name for name in (clean_line(line)[:LONGEST] for line in text.splitlines()) if name]


def columns_of(key: str, own: str) -> list[Phrase | str]:
    """What stands above the columns, in their order: in the reader's language, or as it was typed."""
    return list(own_names(own)) if key == OWN else list(COLUMNS[key])
