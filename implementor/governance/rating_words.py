"""The steps from 1 to 5 as other registers write them: numbers, words in English and Spanish, shares of a hundred."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from implementor.exchange.readers.source import Cell
from implementor.exchange.values import UnreadableValue, line_of, number_of, shown
from implementor.foundation.text import folded
from implementor.foundation.words import say

WORDS: Mapping[int, str] = {
    1: "very low|lowest|rare|remote|improbable|negligible|insignificant|trivial|muy bajo|muy baja|minimo|minima|rara|"
       "raro|remota|remoto|insignificante|despreciable|muy improbable|very unlikely",
    2: "low|unlikely|minor|bajo|baja|poco probable|menor|leve",
    3: "medium|moderate|possible|average|normal|serious|medio|media|moderado|moderada|posible|intermedio|intermedia",
    4: "high|likely|probable|major|significant|alto|alta|mayor|importante|grave|considerable",
    5: "very high|highest|almost certain|certain|critical|severe|catastrophic|extreme|muy alto|muy alta|maximo|maxima|"
       "casi seguro|casi segura|segura|seguro|critico|critica|catastrofico|catastrofica|extremo|extrema|muy probable|"
       "very likely|muy grave",
}  # fmt: skip
_STEPS = {word: step for step, words in WORDS.items() for word in words.split("|")}
_LEADING = re.compile(r"([1-5])(?:\.0+)?\s*[-–:.)/=(]\s*(\D.*)?", re.DOTALL)
_TRAILING = re.compile(r"(\D+?)\s*[-–:(\[]\s*([1-5])\s*[)\]]?")
HUNDRED = 100
WIDTH = 20
"""Per cent that a step of probability takes."""


def step_of(cell: Cell, *, of_hundred: bool) -> int | None:
    """The step that a cell names, None where it is blank.

    `4`, `4 - Likely`, `Alta (4)`, `very high`; where a share of a hundred means something, `60 %` and 0.6 too.
    Raises UnreadableValue for anything else, such as a step of a longer scale.
    """
    text = line_of(cell)
    word = folded(text).strip(" .")
    told = _STEPS.get(word) or _beside_a_word(text)
    if told is not None:
        return told
    try:
        number = number_of(cell)
    except UnreadableValue as fault:
        raise _no_step(cell) from fault
    if number is None:
        return None
    if of_hundred and (text.endswith("%") or 0 < number < 1):
        return _step_of_share(number, cell)
    if number != number.to_integral_value() or not 1 <= number <= 5:
        raise _no_step(cell)
    return int(number)


def _beside_a_word(text: str) -> int | None:
    led, ended = _LEADING.fullmatch(text), _TRAILING.fullmatch(text)
    if led is not None:
        return int(led[1])
    return int(ended[2]) if ended is not None else None


def _step_of_share(share: Decimal, cell: Cell) -> int:
    """The step of a probability between 0 and 1: under 20, 40, 60, 80 per cent, and above."""
    if not 0 <= share <= 1:
        raise _no_step(cell)
    return min(5, int(share * HUNDRED // WIDTH) + 1)


def _no_step(cell: Cell) -> UnreadableValue:
    return UnreadableValue(
        say("%(value)s is no step from 1 to 5. Write 1 to 5, or very low, low, medium, high, very high.",
            value=shown(cell))
    )  # fmt: skip
