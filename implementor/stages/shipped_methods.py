"""The methods that come with the application, read once from their data files beside this module."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from implementor.stages.methods import Method, method_of_data

FOLDER = Path(__file__).with_name("shipped")


@cache
def shipped_methods() -> dict[tuple[str, int], Method]:
    """Every shipped version of every method by (key, version), in the order in which the wizard offers them."""
    read = [method_of_data(tomllib.loads(path.read_text("utf-8"))) for path in FOLDER.glob("*.toml")]
    order = {"agile": 0, "classic": 1}
    read.sort(key=lambda one: (order.get(one.key, 2), one.key, one.version))
    return {(one.key, one.version): one for one in read}


def newest_shipped() -> dict[str, Method]:
    """The newest shipped version of each method by key, in the order of `shipped_methods`."""
    return {key: method for (key, _), method in shipped_methods().items()}
