"""What every template keeps to: size, no code in markup, every visible text translated, every target has its block."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.architecture.sources import sources, templates

LONGEST = 120
CODE = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
COMMENTS = re.compile(r"\{#.*?#\}", re.DOTALL)
TAGS = re.compile(r"<!--.*?-->|<[a-zA-Z/!][^<>]*>", re.DOTALL)
SPOKEN = ("title", "aria-label", "placeholder", "alt", "aria-description")
LETTERS = re.compile(r"[^\W\d_]{2,}")
UNTRANSLATED = {"Implementor", "CSV", "XLSX", "Ctrl", "Alt", "Enter", "Esc", "nbsp", "amp", "middot", "times", "VEN"}
"""The product's name, formats, keys and entities are the same in all languages."""
TARGET = re.compile(r"hx-target=\"#([a-z_]+)\"")
REPEATED = {"toasts", "import_state"}
"""Partials that come along with every fragment instead of being a block of their page."""
CLASS_BLOCKS = re.compile(r"\{%-?\s*block \w*class.*?endblock\s*-?%\}", re.DOTALL)


def text_nodes(template: str) -> Iterator[str]:
    """Words between tags that no gettext call gives."""
    plain = TAGS.sub(" ", CODE.sub(" ", CLASS_BLOCKS.sub("", template)))
    yield from (word for word in LETTERS.findall(plain) if word not in UNTRANSLATED)


def test_templates_stay_small() -> None:
    assert [
        f"{name}: {len(text.splitlines())}" for name, text in templates().items() if len(text.splitlines()) > LONGEST
    ] == []


def test_no_template_holds_code_or_looks_for_the_browser() -> None:
    forbidden = {
        r"\|\s*safe\b": "marks text as safe", r"<style": "holds style", r"\sstyle=": "holds style",
        r"\son[a-z]+=": "holds a handler", r"javascript:": "holds script", r"hx-on": "needs eval",
        r"Markup\(": "marks text as safe", r"autoescape false": "does not escape",
    }  # fmt: skip
    faults = [
        f"{name} {why}"
        for name, text in templates().items()
        for pattern, why in forbidden.items()
        if re.search(pattern, COMMENTS.sub("", text))
    ]
    assert faults == []


def test_scripts_are_files_with_a_nonce() -> None:
    faults = [
        f"{name}: {tag}"
        for name, text in templates().items()
        for tag in re.findall(r"<script[^>]*>", text)
        if "src=" not in tag and "application/json" not in tag and "importmap" not in tag
    ]
    assert faults == []


def _is_sample(name: str) -> bool:
    """The style guide shows made-up records, which are data and not words of the screens."""
    return name.startswith("styleguide")


def test_every_word_people_read_is_translated() -> None:
    shown = {name: text for name, text in templates().items() if name.endswith(".html") and not _is_sample(name)}
    faults = [f"{name}: {words}" for name, text in shown.items() if (words := sorted(set(text_nodes(text))))]
    assert faults == []


def test_every_word_people_hear_is_translated() -> None:
    pattern = re.compile(rf"\s(?:{'|'.join(SPOKEN)})=\"([^\"{{]*)\"")
    faults = [
        f"{name}: {value}"
        for name, text in templates().items()
        for value in pattern.findall(text)
        if set(LETTERS.findall(value)) - UNTRANSLATED and not _is_sample(name)
    ]
    assert faults == []


def test_every_target_of_htmx_has_its_block() -> None:
    blocks = {block for text in templates().values() for block in re.findall(r"\{%-?\s*block (\w+)", text)}
    wanted = {(name, target) for name, text in templates().items() for target in TARGET.findall(text)}
    assert [f"{name}: {target}" for name, target in sorted(wanted) if target not in blocks | REPEATED] == []


def test_every_template_is_drawn_by_somebody() -> None:
    code = "".join(one.text for one in sources("implementor")) + "".join(templates().values())
    unused = [name for name in templates() if name not in code and not name.startswith(("components/", "layout/"))]
    assert [name for name in unused if not name.rpartition("/")[2].startswith("new_")] == []
