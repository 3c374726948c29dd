"""Whether work is for own people or for help from outside, by four questions."""

from __future__ import annotations

OPEN, OWN, BOTH, EXTERNAL = "open", "own", "both", "external"


def recommended(knows_us: str | None, is_one_off: str | None, is_defined: str | None, can_start: str | None) -> str:
    """The answer of the four questions (yes, no, None for not answered): open, own, both or external.

    A supplier who knows our environment, critical work that comes once, a need that is well defined, and own people who
    cannot start speak for help from outside. Three of the four ask for it, two for both together; a need that is not
    defined is never given away whole.
    """
    if None in (knows_us, is_one_off, is_defined, can_start):
        return OPEN
    reasons = [knows_us == "yes", is_one_off == "yes", is_defined == "yes", can_start == "no"].count(True)
    if reasons < 2:
        return OWN
    return EXTERNAL if reasons > 2 and is_defined == "yes" else BOTH
