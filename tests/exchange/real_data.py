"""Where the real input files are, which are never part of the repository."""

import os
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data"


def real(name: str) -> Path:
    """A real file; without the folder the test is skipped by name, in CI it fails."""
    if not FOLDER.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"real input data is missing: {name}")
        pytest.skip(f"needs real input data ../shared/data/{name}")
    return FOLDER / name
