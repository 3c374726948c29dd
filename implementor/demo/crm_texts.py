"""The words of the demo world's customers: accounts, products, and what is said and written about them."""

from __future__ import annotations

import csv
import random
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class AccountText:
    """A customer as the company knows it; `days` is how long ago it was taken down, `revenue` in millions."""

    name: str
    parent: str
    type: str
    industry: str
    segment: str
    zone: str
    city: str
    region: str
    employees: str
    revenue: str
    founded: str
    owner: str
    days: str
    domain: str


@dataclass(frozen=True)
class ProductText:
    """Something the company sells; `parent` is a code, amounts are in pesos, `usd` is its price abroad."""

    code: str
    name: str
    parent: str
    category: str
    unit: str
    price: str
    cost: str
    usd: str


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="|"))


@cache
def accounts() -> tuple[AccountText, ...]:
    """Every account; parents stand before what belongs to them."""
    return tuple(AccountText(**row) for row in _rows("accounts.csv"))


@cache
def products() -> tuple[ProductText, ...]:
    """Everything that is sold; groups stand before what belongs to them."""
    return tuple(ProductText(**row) for row in _rows("products.csv"))


@cache
def texts() -> dict[str, Any]:
    """Names and sentences by purpose."""
    return tomllib.loads((FOLDER / "crm_phrases.toml").read_text(encoding="utf-8"))


def luck_of(*parts: object) -> random.Random:
    """Dice of one thing's own, so that another thing more or less changes nothing for it."""
    return random.Random(" ".join(map(str, parts)))  # nosec B311  # noqa: S311  # an invented life, not a secret
