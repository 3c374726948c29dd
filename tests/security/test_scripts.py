"""What our own scripts never do."""

import re
from pathlib import Path

import pytest

from implementor.settings import PROJECT_ROOT

SCRIPTS = sorted((PROJECT_ROOT / "static" / "js").glob("*.js"))
EVALUATES = re.compile(r"\beval\s*\(|new\s+Function\b|set(?:Timeout|Interval)\(\s*[\"'`]|document\.write")
KEEPS = re.compile(r"localStorage|sessionStorage|indexedDB|document\.cookie|caches\.|postMessage|onmessage")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_scripts_evaluate_nothing_and_keep_nothing_in_the_browser(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    assert not EVALUATES.findall(text)
    assert not KEEPS.findall(text)
