"""What an installation takes for granted where people leave it out: an amount's currency, a number's country."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from implementor.foundation.words import speech


@dataclass(frozen=True)
class Conventions:
    """An ISO 4217 currency, and the ISO 3166 country of telephone numbers without their country's code."""

    currency: str = "EUR"
    country: str = "ES"


_conventions: ContextVar[Conventions] = ContextVar("conventions")
_usual = Conventions()


def conventions() -> Conventions:
    """What is taken for granted here; the usual where nobody said."""
    return _conventions.get(_usual)


def assume(chosen: Conventions) -> None:
    """Take this for granted from here on, in the present thread or task."""
    _conventions.set(chosen)


def usual_again() -> None:
    """Take the usual for granted again: what this thread does next may be for another database."""
    _conventions.set(_usual)


@contextmanager
def kept() -> Iterator[None]:
    """Whatever a block takes for granted ends with it."""
    token = _conventions.set(conventions())
    try:
        yield
    finally:
        _conventions.reset(token)


@dataclass(frozen=True)
class Reading:
    """How typed text is understood: in which language, and with which currency and country where it names none.

    Without a language numbers are plain: a point or comma is the decimal mark and nothing is grouped, as in addresses.
    """

    language: str = ""
    currency: str = "EUR"
    country: str = ""


def present_reading(currency: str | None = None) -> Reading:
    """How to understand the present reader; `currency` is that of amounts without one, if it is known."""
    usual = conventions()
    return Reading(speech().language, currency or usual.currency, usual.country)
