"""What our own scripts never do."""

import re
from pathlib import Path

import pytest

from implementor.settings import PROJECT_ROOT

SCRIPTS = sorted((PROJECT_ROOT / "static" / "js").glob("*.js"))
EVALUATES = re.compile(r"\beval\s*\(|new\s+Function\b|set(?:Timeout|Interval)\(\s*[\"'`]|document\.write")
KEEPS = re.compile(r"localStorage|sessionStorage|indexedDB|document\.cookie|caches\.|postMessage|onmessage")


MERGES = re.compile(
    r"__proto__|\.prototype\b|\bconstructor\s*\[|Object\.assign\(\s*(?!document\.createElement\()|\.\.\.JSON\.parse"
    r"|for\s*\(\s*(?:const|let|var)\s+\w+\s+in\b|\beval\b"
)
"""Ways by which names in data become names in objects: a name such as `__proto__` would reach every object."""


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_scripts_evaluate_nothing_and_keep_nothing_in_the_browser(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    assert not EVALUATES.findall(text)
    assert not KEEPS.findall(text)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_scripts_take_no_names_of_objects_from_data(script: Path) -> None:
    assert not MERGES.findall(script.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        "Object.assign(settings, JSON.parse(text))", "for (const name in data) settings[name] = data[name]",
        'a["__proto__"] = b', "const one = { ...JSON.parse(text) }",
    ],
)  # fmt: skip
def test_names_taken_from_data_would_be_seen(text: str) -> None:
    assert MERGES.findall(text)
