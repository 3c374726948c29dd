"""Which required stories cannot fit together: a least set, found by asking which sets can."""

from __future__ import annotations

from collections.abc import Callable, Sequence

Fits = Callable[[Sequence[int]], bool]
"""Whether stories can all be in one plan, whatever else is left out."""


def too_large(required: Sequence[int], fits: Fits) -> list[int]:
    """Those that do not even fit alone."""
    return [number for number in required if not fits([number])]


def least_conflict(required: Sequence[int], fits: Fits) -> list[int]:
    """A least set that does not fit: without any one of it the rest would. Empty where everything fits.

    The first of `required` are kept in it least: put those first that are surely wanted. (QuickXplain, Junker 2004:
    halving finds k of n by about k log(n / k) questions.)
    """
    if fits(required):
        return []
    found = _explain([], False, list(required), fits)
    return [number for number in required if number in set(found)]


def _explain(base: list[int], has_grown: bool, rest: list[int], fits: Fits) -> list[int]:
    if has_grown and not fits(base):
        return []
    if len(rest) == 1:
        return rest
    half = len(rest) // 2
    first, second = rest[:half], rest[half:]
    of_second = _explain(base + first, bool(first), second, fits)
    of_first = _explain(base + of_second, bool(of_second), first, fits)
    return of_first + of_second
