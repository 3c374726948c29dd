"""Places in a hand-made order: text keys between which there is always room for another."""

from __future__ import annotations

from implementor.foundation.errors import Refusal
from implementor.foundation.words import say

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
BASE = len(DIGITS)


class NoSuchPlace(Refusal):
    """The neighbours asked for are not in this order."""


def rank_between(before: str | None, after: str | None) -> str:
    """A key that sorts after `before` and before `after`; None means the open end.

    Keys are base-36 fractions without trailing zeros, compared byte by byte.
    """
    low, high = before or "", after
    if high is not None and low >= high:
        raise NoSuchPlace(say("That place is gone: the list was changed meanwhile. Reload the page and try again."))
    return _middle(low, high)


def _middle(low: str, high: str | None) -> str:
    if high is not None:
        shared = 0
        while shared < len(high) and (low[shared] if shared < len(low) else "0") == high[shared]:
            shared += 1
        if shared:
            return high[:shared] + _middle(low[shared:], high[shared:])
    first = DIGITS.index(low[0]) if low else 0
    last = DIGITS.index(high[0]) if high else BASE
    if last - first > 1:
        return DIGITS[(first + last) // 2]
    if high is not None and len(high) > 1:
        return high[0]
    return DIGITS[first] + _middle(low[1:], None)


def ranks_after(before: str | None, count: int) -> list[str]:
    """`count` keys in order after `before`, all of about the same short length."""
    if count <= 0:
        return []
    width = 1
    while BASE**width < count + 2:
        width += 1
    step = BASE**width // (count + 1)
    prefix = _middle(before, None) if before else ""
    return [prefix + _digits(step * (place + 1), width) for place in range(count)]


def _digits(number: int, width: int) -> str:
    text = ""
    for _ in range(width):
        number, digit = divmod(number, BASE)
        text = DIGITS[digit] + text
    return text.rstrip("0") or "1"
