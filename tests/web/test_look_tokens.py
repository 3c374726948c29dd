"""The colours of the look are readable: every pair of text and ground, and every edge, in both themes."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "static" / "css" / "tokens.css"
THEMES = ("light", "dark")
TEXT = 4.5
EDGE = 3.0
STATES = ("ok", "risk", "off", "review", "accepted", "neutral")

# What is written on what. Links and the words of a state also stand on plain grounds and on the tint of the chosen row.
GROUNDS = ("page", "surface")
TEXT_PAIRS = [
    *[(ink, ground) for ink in ("ink", "muted", "link", *STATES) for ground in GROUNDS],
    *[(ink, ground) for ink in ("ink", "muted", "link") for ground in ("sunken", "hover", "brand-tint")],
    *[(state, f"{state}-tint") for state in STATES],
    *[("ink", f"{state}-tint") for state in STATES],
    *[(state, "brand-tint") for state in ("ok", "risk", "off", "review")],
    ("off", "sunken"),
    ("on-brand", "brand"),
    ("on-brand", "brand-hover"),
    ("on-off", "off"),
]
EDGE_PAIRS = [
    *[(edge, ground) for edge in ("edge", "focus", "brand") for ground in (*GROUNDS, "sunken")],
    *[("focus", f"{state}-tint") for state in STATES],
    *[(f"series-{number}", "surface") for number in range(1, 7)],
]


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb` from 0 to 1, as WCAG 2.2 defines it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def read_tokens() -> dict[str, dict[str, str]]:
    """The colours of the style sheet by theme and name."""
    found = re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", TOKENS.read_text(encoding="utf-8"))
    return {theme: {name: pair[place] for name, *pair in found} for place, theme in enumerate(THEMES)}


COLOURS = read_tokens()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_can_be_read_on_its_ground(theme: str, ink: str, ground: str) -> None:
    ratio = contrast(COLOURS[theme][ink], COLOURS[theme][ground])
    assert ratio >= TEXT, f"{ink} on {ground} has {ratio:.2f} in the {theme} theme"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("edge", "ground"), EDGE_PAIRS)
def test_edges_and_marks_can_be_seen_on_their_ground(theme: str, edge: str, ground: str) -> None:
    ratio = contrast(COLOURS[theme][edge], COLOURS[theme][ground])
    assert ratio >= EDGE, f"{edge} on {ground} has {ratio:.2f} in the {theme} theme"


def test_every_colour_is_checked_or_is_decoration() -> None:
    checked = {name for pair in TEXT_PAIRS + EDGE_PAIRS for name in pair}
    assert set(COLOURS["light"]) - checked == {"hairline"}


def test_contrast_agrees_with_known_ratios() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_style_sheets_take_their_colours_from_the_tokens() -> None:
    # print is always light and paper-bound; selection, tracks and the shadow are decoration
    strays = {
        (sheet.name, colour)
        for sheet in TOKENS.parent.glob("*.css")
        if sheet.name not in ("tokens.css", "print.css")
        for colour in re.findall(r"#[0-9a-f]{3,8}\b", sheet.read_text(encoding="utf-8"))
    }
    assert {colour for _, colour in strays} <= {"#cfe3f6", "#2c4f74", "#d5dbe3", "#2e3947"}
