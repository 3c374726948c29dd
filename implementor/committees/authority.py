"""What one role may decide alone between meetings, and why something goes beyond it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol

from implementor.foundation.permissions import Role


class Limit(Protocol):
    """Up to which money and delay a role decides; what is None it does not decide alone."""

    role: str
    amount: int | None
    currency: str | None
    days: int | None


def is_within(limit: Limit, *, amount: int | None, currency: str | None, days: int | None) -> bool:
    """Whether something that costs so much (minor units) and delays by so many days is within a limit.

    What costs nothing more or comes no later is within every limit; money in another currency is within none.
    """
    costs, delays = (amount or 0) > 0, (days or 0) > 0
    pays = not costs or (limit.amount is not None and limit.currency == currency and (amount or 0) <= limit.amount)
    waits = not delays or (limit.days is not None and (days or 0) <= limit.days)
    return pays and waits


def may_alone(
    limits: Iterable[Limit], roles: Collection[Role], *, amount: int | None, currency: str | None, days: int | None
) -> bool:
    """Whether one of these roles decides it without a meeting."""
    mine = [limit for limit in limits if Role(limit.role) in roles]
    return any(is_within(limit, amount=amount, currency=currency, days=days) for limit in mine)
