"""Names of configured rows in the language of whoever reads, as part of a statement."""

from __future__ import annotations

from typing import Any

from sqlalchemy import String, bindparam, case

from implementor.foundation.model import Column
from implementor.foundation.words import speech

READER = bindparam("reader_language", callable_=lambda: speech().language, type_=String())
"""Asked when a statement runs, so that one that was built for somebody else says it in the right language."""


def label_of(model: Any) -> Column:
    """The name of a row, such as a stage, in the reader's language."""
    return case((READER == "es", model.label_es), else_=model.label_en)
