"""A report for somebody who may not see money: the same, with the colour of money and nothing that says how much."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def without_money(content: Mapping[str, Any]) -> dict[str, Any]:
    """The content without amounts and without the sentences that tell of them."""
    hidden = content["words"]["hidden_money"]
    dimensions = [_veiled(one, hidden) if one["key"] == "money" else one for one in content["dimensions"]]
    verdict = dict(content["verdict"])
    if verdict["about"] == "money":
        verdict["sentence"] = hidden
    return {**content, "dimensions": dimensions, "verdict": verdict, "money": None, "money_hidden": True}


def _veiled(dimension: Mapping[str, Any], hidden: str) -> dict[str, Any]:
    by_hand = dimension["by_hand"]
    return {
        **dimension, "sentence": hidden, "figures": [], "path": None,
        "by_hand": None if by_hand is None else {**by_hand, "reason": hidden},
    }  # fmt: skip
