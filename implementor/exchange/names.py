"""Names of files as they tell one source from another."""

from __future__ import annotations

import re

from implementor.foundation.text import folded


def name_signature(file_name: str) -> str:
    """A file's name without what differs between its versions: dates, numbers, copies, and our own mark."""
    stem = folded(file_name.rpartition(".")[0] or file_name)
    words = [word for word in re.split(r"[\W_]+", stem) if word]
    kept = [
        word for word in words if not re.fullmatch(r"\d+|v\d+|copia?|copy|final|refused|rechazadas|new|nuevo", word)
    ]
    return "-".join(re.sub(r"\d+$", "", word) or word for word in kept)[:80] or "import"
