"""Places in a hand-made order: text keys between which there is always room for another."""

from __future__ import annotations

from implementor.foundation.errors import Refusal
from implementor.foundation.words import say

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
BASE = len(DIGITS)
MOST_DIGITS = 8
"""Digits that count at most at an end: room for two billions behind keys that are long already."""


class NoSuchPlace(Refusal):
    """The neighbours asked for are not in this order."""


def rank_between(before: str | None, after: str | None) -> str:
    """A key that sorts after `before` and before `after`; None means the open end.

    Keys are base-36 fractions without trailing zeros, compared byte by byte. At the open ends they grow with the
    logarithm of how many were put there one after the other: a million have at most eight characters.
    """
    if after is None:
        return _behind(before or "")
    if not before:
        return _ahead_of(after)
    if before >= after:
        raise NoSuchPlace(say("That place is gone: the list was changed meanwhile. Reload the page and try again."))
    return _middle(before, after)


def _middle(low: str, high: str) -> str:
    """A short key between two."""
    shared = 0
    while shared < len(high) and (low[shared] if shared < len(low) else "0") == high[shared]:
        shared += 1
    common, low, high = high[:shared], low[shared:], high[shared:]
    first, last = DIGITS.index(low[0]) if low else 0, DIGITS.index(high[0])
    if last - first > 1:
        return common + DIGITS[(first + last) // 2]
    return common + (high[0] if len(high) > 1 else DIGITS[first] + _behind(low[1:]))


def _behind(low: str) -> str:
    """The next key at the end: one more in the digits that follow the first ones, which are all `z`.

    The more of these, the more digits follow that count, so that there is room for ever more before another `z`.
    """
    if not low:
        return DIGITS[BASE // 2]
    ends = len(low) - len(low.lstrip(DIGITS[-1]))
    if ends == len(low):
        return f"{low}1"
    width = _width(ends)
    return low[:ends] + _digits(int(low[ends : ends + width].ljust(width, "0"), BASE) + 1, width)


def _ahead_of(high: str) -> str:
    """The next key at the beginning: one less in the digits that follow the first zeros."""
    ends = len(high) - len(high.lstrip("0"))
    width = _width(ends)
    return high[:ends] + _digits(int(high[ends : ends + width].ljust(width, "0"), BASE) - 1, width)


def _width(ends: int) -> int:
    return min(ends + 2, MOST_DIGITS)


def ranks_after(before: str | None, count: int) -> list[str]:
    """`count` keys in order after `before`, all of about the same short length."""
    if count <= 0:
        return []
    width = 1
    while BASE**width < count + 2:
        width += 1
    step = BASE**width // (count + 1)
    prefix = _behind(before) if before else ""
    return [prefix + _digits(step * (place + 1), width) for place in range(count)]


def _digits(number: int, width: int) -> str:
    text = ""
    for _ in range(width):
        number, digit = divmod(number, BASE)
        text = DIGITS[digit] + text
    return text.rstrip("0") or "1"
