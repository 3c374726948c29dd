"""The order in which things happen to an order: what each fact needs before it, and what it makes impossible."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

PLACED, APPROVED, DISPATCHED = "placed", "approved", "dispatched"
INVOICED, PAID, CANCELLED = "invoiced", "paid", "cancelled"
FACTS = (PLACED, APPROVED, DISPATCHED, INVOICED, PAID, CANCELLED)
DRAFT = "draft"
STATES = (DRAFT, *FACTS)
OPEN_TO_CHANGE = (DRAFT, PLACED)
"""States in which lines are still written; what finance approved or a customer received stays as it is."""
NEEDED: Mapping[str, tuple[str, ...]] = {
    APPROVED: (PLACED,), DISPATCHED: (PLACED, APPROVED), INVOICED: (PLACED,), PAID: (PLACED,), CANCELLED: (PLACED,),
}  # fmt: skip
"""What must have happened first. An order may be paid before it is invoiced, and invoiced before it leaves."""


def missing_before(kind: str, known: Collection[str]) -> tuple[str, ...]:
    """The facts that must come first and are not known, in their order."""
    return tuple(one for one in NEEDED.get(kind, ()) if one not in known)


def needing(kind: str, known: Collection[str]) -> tuple[str, ...]:
    """The known facts that would lose their ground without this one, the last of them first."""
    return tuple(one for one in reversed(FACTS) if one in known and kind in NEEDED.get(one, ()))


def possible_next(known: Collection[str]) -> tuple[str, ...]:
    """The facts that can be noted now, in their order."""
    if CANCELLED in known:
        return ()
    found = (one for one in FACTS if one not in known and not missing_before(one, known))
    return tuple(one for one in found if one != CANCELLED or DISPATCHED not in known)


def state_of(moments: Mapping[str, datetime | None]) -> str:
    """The latest fact; of several at one moment the furthest. A cancelled order is cancelled, whatever came later."""
    known = [(at, FACTS.index(kind)) for kind, at in moments.items() if at is not None]
    if moments.get(CANCELLED) is not None:
        return CANCELLED
    return FACTS[max(known)[1]] if known else DRAFT
