"""Questionnaires that come with the program, in both languages."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("questionnaires.toml")


@cache
def _all() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def questions_for(kind: str) -> list[dict[str, Any]]:
    """The questions of a kind of survey, each with `mark`, `en` and `es`, in their order; none for one's own."""
    return list(_all().get(kind, []))
