"""What a careful person looks for on an open page: faults as sentences, none when the page is sound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tests.machinery.chromium import AXE

if TYPE_CHECKING:
    from playwright.sync_api import Page

Selectors = Sequence[Sequence[str]]

CONTRAST: dict[str, Any] = {"runOnly": ["color-contrast"]}
CONTENT: dict[str, Any] = {"rules": {"color-contrast": {"enabled": False}}}
SHELL: Selectors = (["#sidebar"], [".topbar"])
"""The part around each page: selectors that axe takes out of what it looks at."""

HEADINGS = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter((one) => one.checkVisibility())
  .map((one) => Number(one.localName.slice(1)))"""
OVERFLOW = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  const cut = (one) => { for (let up = one.parentElement; up && up !== document.body; up = up.parentElement)
    if (getComputedStyle(up).overflowX !== "visible") return true; return false; };
  const out = (one) => one.getBoundingClientRect().right > wide + 1 && !cut(one);
  return [...document.querySelectorAll("body *")].filter(out).slice(-4)
   .map((one) => one.outerHTML.slice(0, 120)).concat(`page is ${document.documentElement.scrollWidth} wide`);
}"""
NO_WAY_OUT = '() => document.querySelector("#sidebar") && !document.querySelector(".topbar form[action$=sign-out]")'
SMALL = """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")].filter((one) => {
  if (!one.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
  if (one.matches("svg *")) return false; // every chart has a table of the same links beside it
  if (one.matches("[type=hidden], .visually-hidden, .skip-link, [tabindex='-1']")) return false;
  if (one.closest("p, dd, td, th, li, label, .inline") && getComputedStyle(one).display === "inline") return false;
  const box = (one.closest("label") ?? one).getBoundingClientRect();
  return box.width > 0 && (box.width < 24 || box.height < 23.5);
}).map((one) => { const box = one.getBoundingClientRect();
  return `${Math.round(box.width)}x${Math.round(box.height)} ${one.outerHTML.slice(0, 140)}`; })"""
COVERED = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  if (one === document.body || !box.width) return "";
  const x = box.left + Math.min(box.width / 2, 8);
  const above = Math.max(box.top, 0), below = Math.min(box.bottom, innerHeight);
  const y = (above + below) / 2;
  if (above > below) return `outside the window: ${one.outerHTML.slice(0, 120)}`;
  const top = document.elementFromPoint(x, y);
  const free = !top || one.contains(top) || top.contains(one) || one.closest("label")?.contains(top);
  const style = getComputedStyle(one);
  const seen = style.outlineStyle !== "none" || style.boxShadow !== "none" || one.matches("main");
  const fault = free ? "without a sign" : `covered by ${top.outerHTML.slice(0, 80)}`;
  return free && seen ? "" : `${fault}: ${one.outerHTML.slice(0, 120)}`;
}"""

INKS = """(theme) => { document.documentElement.dataset.theme = theme;
  const behind = new Map();
  const around = (one) => { if (!one) return "";
    if (!behind.has(one)) { const { backgroundColor, backgroundImage, opacity } = getComputedStyle(one);
      const plain = backgroundColor === "rgba(0, 0, 0, 0)" && backgroundImage === "none" && opacity === "1";
      const own = plain ? "" : `${backgroundColor} ${backgroundImage.slice(0, 40)} ${opacity} over `;
      behind.set(one, own + around(one.parentElement)); }
    return behind.get(one); };
  const said = (one) => one.value || [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const inks = window.inks = new Map(); // read by AXE_INKS
  for (const one of document.body.querySelectorAll("*")) { if (!said(one) || !one.checkVisibility()) continue;
    const { color, fontSize, fontWeight } = getComputedStyle(one);
    const ink = `${theme} ${color} ${fontSize} ${fontWeight} on ${around(one)}`;
    inks.set(ink, [...inks.get(ink) ?? [], one]); }
  return [...inks.keys()].join("\\n"); }"""
AXE_INKS = """([wanted, options]) => {
  const include = wanted.flatMap((ink) => window.inks.get(ink)).filter((one) => one.isConnected);
  return include.length ? axe.run({ include }, { resultTypes: ["violations"], iframes: false, ...options })
    : { violations: [] }; }"""
LOOKS = """() => { const looks = window.looks = new Map(); // read by AXE_LOOKS
  for (const one of document.querySelectorAll("body *")) {
    const up = one.parentElement, names = one.getAttributeNames().sort().join(" ");
    const look = `${up.localName}.${up.className} > ${one.localName}.${one.className} ${names} ${one.role} ${one.type}`
      .replaceAll("\\n", "");
    looks.set(look, [...looks.get(look) ?? [], one]); }
  return [...looks.keys()].join("\\n"); }"""
AXE_LOOKS = f"""([wanted, options]) => {{ ({LOOKS})(); // once more: a page that polls may have been drawn anew since
  const include = wanted.flatMap((look) => window.looks.get(look) ?? []);
  return include.length ? axe.run({{ include }}, {{ resultTypes: ["violations"], iframes: false, ...options }})
    : {{ violations: [] }}; }}"""
AXE_RUN = """([leave_out, options]) => axe.run(leave_out.length ? { exclude: leave_out } : document,
  { resultTypes: ["violations"], iframes: false, ...options })"""


def inks_of(page: Page, theme: str) -> set[str]:
    """What contrast depends on: each colour of writing with what is behind it, its size and weight, in this theme."""
    return set(page.evaluate(INKS, theme).splitlines())


def looks_of(page: Page) -> set[str]:
    """What the page is made of, without its words: each kind of element with class, attributes, role and parent."""
    return set(page.evaluate(LOOKS).splitlines())


def look_faults(page: Page, looks: set[str]) -> Iterator[str]:
    """What axe finds besides contrast where these elements are; `looks_of` the page was called before."""
    _bring_axe(page)
    yield from _sentences("light", page.evaluate(AXE_LOOKS, [sorted(looks), CONTENT]))


def axe_faults(page: Page, name: str, leave_out: Selectors = (), **options: Any) -> Iterator[str]:
    """What axe finds, one sentence per rule and element."""
    _bring_axe(page)
    yield from _sentences(name, page.evaluate(AXE_RUN, [list(leave_out), options]))


def ink_faults(page: Page, theme: str, inks: set[str]) -> Iterator[str]:
    """Too little contrast where these inks are; the last `inks_of` the page was of this theme."""
    _bring_axe(page)
    yield from _sentences(theme, page.evaluate(AXE_INKS, [sorted(inks), CONTRAST]))


def _bring_axe(page: Page) -> None:
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))


def _sentences(name: str, found: dict[str, Any]) -> Iterator[str]:
    for finding in found["violations"]:
        for node in finding["nodes"]:
            why = " ".join(node["failureSummary"].split())
            yield f"{name}: {finding['id']}: {node['html'][:160]} {why[:220]}"


def content_faults(page: Page, leave_out: Selectors) -> Iterator[str]:
    """What axe finds besides contrast."""
    yield from axe_faults(page, "light", leave_out, **CONTENT)


def contrast_faults(page: Page, theme: str) -> Iterator[str]:
    """Too little contrast in a theme, chosen without loading the page again."""
    _put_on(page, theme)
    yield from axe_faults(page, theme, **CONTRAST)


def _put_on(page: Page, theme: str) -> None:
    page.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)


def width_faults(page: Page, widths: tuple[int, ...]) -> Iterator[str]:
    """Sideways scroll at these widths."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        yield from overflow_faults(page, width)


def overflow_faults(page: Page, width: int) -> Iterator[str]:
    """Sideways scroll at the width that the page has now, in pixels."""
    yield from (f"{width} px: {part}" for part in page.evaluate(OVERFLOW))


def body_faults(page: Page) -> Iterator[str]:
    """Headings, targets, and the way out for whoever is signed in."""
    levels = page.evaluate(HEADINGS)
    if levels.count(1) != 1:
        yield f"{levels.count(1)} headings of the first level"
    if any(below > above + 1 for above, below in pairwise(levels)):
        yield f"headings leave out a level: {levels}"
    if page.evaluate(NO_WAY_OUT):
        yield "nobody can sign out here"
    yield from (f"target smaller than 24 px: {part}" for part in page.evaluate(SMALL))


def focus_faults(page: Page, steps: int) -> Iterator[str]:
    """Focus that nobody sees, over the first stops of the Tab key."""
    for _ in range(steps):
        page.keyboard.press("Tab")
        fault = page.evaluate(COVERED)
        if fault:
            yield f"focus {fault}"
