"""What agreement and disagreement of each field are worth when two records are compared: one table of points."""

from __future__ import annotations

from collections.abc import Mapping

SURE = 100
"""From here on two records are taken for the same; a person still decides about merging."""
POSSIBLE = 60
"""From here on two records are shown as candidates."""

Levels = Mapping[str, int]

WEIGHTS: Mapping[str, Levels] = {
    "tax_id": {"same": 100, "close": 60, "other": -30},
    "email": {"same": 80, "close": 60, "shared": 10, "other": -15},
    "phone": {"same": 45, "other": -5},
    "name": {"same": 50, "close": 42, "part": 30, "partly close": 25, "half": 5, "other": -40},
    "company": {"same": 45, "close": 35, "part": 20, "other": -40},
    "born": {"same": 50, "close": 35, "near": 20, "far": 10, "other": -10},
    "postcode": {"same": 15, "close": 10, "other": -10},
    "street": {"same": 45, "close": 35, "part": 10, "other": -10},
    "city": {"same": 15, "close": 15, "other": -15},
    "domain": {"same": 30, "other": -5},
}
"""Points per role and level of agreement, about five for each halving of the odds that chance explains it (measured on
labelled people and companies); a field that either side lacks counts nothing."""
SMALL_BASE, SMALL_BASE_POINTS = 10_000, 10
"""Up to so many records fewer people agree by chance: that is worth points too, and wider blocks can be compared."""
