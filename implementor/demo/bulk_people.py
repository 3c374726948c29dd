"""People and companies of the large world: named as unevenly as in life, and some of them written down twice."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from implementor.foundation.text import folded

TWINS, COMPANY_TWINS = 50, 100
"""Every so many-th person, and company, is one of the last ones again, written down otherwise."""
NEAR = 40
"""A twin is at most so many places behind."""
CITIES = ("Barranquilla", "Bogotá", "Cali", "Cartagena", "Madrid", "Medellín", "Pereira", "Valencia")
SLOTS = 4096
RARE = 3
"""So many of eight surnames are rare ones."""
_MASK = 2**64 - 1


def thrown(number: int, salt: int) -> int:
    """64 bits that look thrown, the same every time, and other ones for another salt (the mixer of SplitMix64)."""
    bits = (number * 0x9E3779B97F4A7C15 + salt * 0xD1B54A32D192ED03) & _MASK
    bits = ((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    bits = ((bits ^ (bits >> 27)) * 0x94D049BB133111EB) & _MASK
    return bits ^ (bits >> 31)


@cache
def _words() -> dict[str, tuple[str, ...]]:
    """Beginnings, ends and kinds of companies; of given names and surnames so many slots as each is common."""
    told = tomllib.loads((Path(__file__).parent / "bulk_names.toml").read_text(encoding="utf-8"))
    common = {name: _slots(told[name]) for name in ("given", "surnames")}
    return {name: common.get(name) or tuple(words) for name, words in told.items()}


def _slots(names: Sequence[str]) -> tuple[str, ...]:
    """Names in order, each so often as its place says: the first ones most, as Zipf found of words."""
    ends = list(accumulate(1 / (place + 8) for place in range(len(names))))
    shares = [round(end / ends[-1] * SLOTS) for end in ends]
    return tuple(
        name for name, start, end in zip(names, [0, *shares], shares, strict=False) for _ in range(end - start)
    )


def _surname(bits: int) -> str:
    """A surname by 16 bits."""
    words = _words()
    if bits & 7 < RARE:
        beginnings, ends = words["beginnings"], words["ends"]
        return beginnings[(bits >> 3) % len(beginnings)] + ends[(bits >> 9) % len(ends)]
    return words["surnames"][(bits >> 3) % SLOTS]


def first_of(number: int) -> int:
    """The id of the person who was written down first; most are it themselves."""
    return number if number % TWINS else number - 1 - thrown(number, 3) % NEAR


def _first_company(number: int) -> int:
    return number if number % COMPANY_TWINS else number - 1 - thrown(number, 4) % NEAR


@lru_cache(maxsize=65536)
def company_name(number: int) -> str:
    """What the account with that id is called; a twin adds its legal form."""
    first = _first_company(number)
    bits = thrown(first, 5)
    kinds = _words()["companies"]
    kind, own = kinds[(bits >> 48) % len(kinds)], _surname(bits)
    name = (
        f"{kind} {own} {_surname(bits >> 16)}",
        f"{kind} {own} de {CITIES[(bits >> 32) % len(CITIES)]}",
        f"{kind} {own} e Hijos {CITIES[(bits >> 32) % len(CITIES)]}",
        f"{kind} {_surname(bits >> 16)} y {own}",
    )[(bits >> 40) % 4]
    return name if first == number else f"{name} {('S.A.S.', 'Ltda.', 'SL')[number // COMPANY_TWINS % 3]}"


@lru_cache(maxsize=65536)
def domain_of(account_id: int) -> str:
    """The domain of an account: its name without what no domain can say."""
    name = company_name(_first_company(account_id))
    return "".join(letter for letter in folded(name) if "a" <= letter <= "z") + ".example"


def company(number: int) -> dict[str, Any]:
    """By what the account with that id is known; of a twin some of it is missing."""
    first, way = _first_company(number), number // COMPANY_TWINS % 3
    is_twin = first != number
    return {
        "name": company_name(number), "city": CITIES[(thrown(first, 5) >> 56) % len(CITIES)],
        "tax_id": None if is_twin and way else f"{800_000_000 + first}-{first % 10}",
        "email": None if is_twin else f"info@{domain_of(first)}",
        "website": None if is_twin and way == 2 else f"https://www.{domain_of(first)}",
    }  # fmt: skip


def phone_of(number: int) -> str:
    """The telephone of the person with that id."""
    return f"+57 3{100_000_000 + number}"


def person(number: int, account_id: int) -> dict[str, Any]:
    """Name, address and telephone of the person with that id, who works there."""
    first = first_of(number)
    bits, given = thrown(first, 1), _words()["given"]
    called = given[bits % SLOTS]
    if (bits >> 12) & 15 < 6:
        called = f"{called} {given[(bits >> 48) % SLOTS]}"
    names = _surname(bits >> 16), _surname(bits >> 32)
    told = {
        "first_name": called, "last_name": " ".join(names), "phone": phone_of(first),
        "email": f"{_mailbox(called, names, bits >> 44, account_id)}@{domain_of(account_id)}",
    }  # fmt: skip
    return told if first == number else told | _told_otherwise(number, called, names)


def _mailbox(called: str, names: tuple[str, str], bits: int, account_id: int) -> str:
    """As the company does it; some have a number behind the name."""
    given, surname, other = folded(called.split()[0]), folded(names[0]), folded(names[1])
    mailbox = (f"{given}.{surname}", f"{given[0]}{surname}", f"{given}.{surname}{other[0]}", f"{given}{other[0]}")[
        account_id % 4
    ]
    return mailbox if bits & 7 else f"{mailbox}{bits >> 3 & 63}"


def _told_otherwise(number: int, called: str, names: tuple[str, str]) -> dict[str, Any]:
    """What a twin says otherwise: less, or with a slip."""
    given, surname = called.split()[0], names[0]
    private = f"{folded(given)}{folded(surname)}{number % 89}@correo.example"
    slipped = f"{surname[:2]}{surname[3:4]}{surname[2:3]}{surname[4:]} {names[1]}"
    ways: tuple[dict[str, Any], ...] = (
        {"last_name": surname, "email": private},
        {"last_name": slipped, "phone": None},
        {"first_name": given, "last_name": folded(" ".join(names)).title(), "email": None},
        {"phone": phone_of(number), "email": None},
        {"first_name": given[0] + ".", "last_name": surname, "phone": None},
        {"first_name": " ".join(names), "last_name": called},
    )
    return ways[number // TWINS % len(ways)]
