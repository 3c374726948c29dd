"""What must hold on every page: one place that says it, asked for every page any test fetches."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree
from lxml.html import HtmlElement

UNLABELLED_TYPES = {"hidden", "submit", "reset", "button", "image"}
HTMX_REQUESTS = ("hx-get", "hx-post", "hx-put", "hx-patch", "hx-delete")
HTMX_FORBIDDEN_PREFIXES = ("hx-on", "hx-live")
REFERENCES = (
    "for",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
    "form",
    "list",
    "popovertarget",
)
DATA_SCRIPTS = {"application/json", "importmap", "application/ld+json"}
BY_ITSELF = ("load", "revealed", "intersect", "every")


def faults_of(tree: HtmlElement, *, is_whole: bool) -> list[str]:
    """Sentences about what is wrong; `is_whole` is False for a fragment, which refers to a page around it."""
    bearers = _bearers(tree)
    ids = [element.get("id", "") for element in bearers.get("id", ())]
    found = [*_ids(ids), *_inline(tree, bearers), *_labels(tree), *_forms(tree), *_images(tree), *_names(tree, bearers)]
    found += [*_htmx(bearers), *_cells(bearers)]
    if is_whole:
        found += [*_frame(tree), *_references(bearers, set(ids)), *_targets(bearers, set(ids))]
        found += _icons(tree, set(ids))
    return found


Bearers = Mapping[str, Sequence[HtmlElement]]
"""Name of an attribute -> the elements that have it; one walk through the page, since each search is another."""


def _bearers(tree: HtmlElement) -> Bearers:
    found: dict[str, list[HtmlElement]] = {}
    for element in tree.iter(etree.Element):
        for name in element.keys():  # noqa: SIM118  # an element is no mapping: walking it gives its children
            found.setdefault(name, []).append(element)
    return found


def _once(bearers: Bearers, prefixes: tuple[str, ...]) -> Iterator[HtmlElement]:
    """The elements with an attribute that begins so, each once."""
    yield from {element: None for name, each in bearers.items() if name.startswith(prefixes) for element in each}


def _show(element: HtmlElement) -> str:
    attributes = " ".join(f'{name}="{value}"' for name, value in list(element.attrib.items())[:4])
    return f"<{element.tag} {attributes}>"


def _frame(tree: HtmlElement) -> Iterator[str]:
    if not tree.get("lang"):
        yield "the html element says no language"
    titles = tree.xpath("/html/head/title")
    if len(titles) != 1 or not (titles[0].text or "").strip():
        yield "there is not exactly one title"
    headings = [each.text_content().strip() for each in tree.xpath("//h1")]
    if len(headings) != 1 or not headings[0]:
        yield f"there is not exactly one h1: {headings}"
    if len(tree.xpath("//main")) != 1:
        yield "there is not exactly one main element"


def _ids(ids: Sequence[str]) -> Iterator[str]:
    for value, count in Counter(ids).items():
        if count > 1 or not value.strip():
            yield f"id {value!r} stands {count} times"


def _inline(tree: HtmlElement, bearers: Bearers) -> Iterator[str]:
    for element in bearers.get("style", ()):
        yield f"inline style: {_show(element)}"
    for element in tree.iter("style"):
        yield f"style element: {_show(element)}"
    for element in tree.iter("script"):
        if not element.get("src") and element.get("type") not in DATA_SCRIPTS:
            yield f"inline script: {_show(element)}"
    yield from (f"inline handler: {_show(element)}" for element in _once(bearers, ("on",)))
    for element in bearers.get("href", ()):
        if element.get("href", "").lower().startswith("javascript:"):
            yield f"script address: {_show(element)}"


def _labels(tree: HtmlElement) -> Iterator[str]:
    labelled = set(tree.xpath("//label/@for"))
    for element in tree.xpath("//input|//select|//textarea"):
        if element.get("type") in UNLABELLED_TYPES or element.get("id") in labelled:
            continue
        if not (element.get("aria-label") or element.get("aria-labelledby") or element.xpath("ancestor::label")):
            yield f"no label: {_show(element)}"


def _forms(tree: HtmlElement) -> Iterator[str]:
    for form in tree.iter("form"):
        if form.get("method") == "dialog":
            continue
        if not form.get("action") or form.get("method") is None:
            yield f"form without action or method: {_show(form)}"
        elif form.get("method", "").lower() == "post" and not form.xpath(".//input[@name='csrf_token']"):
            yield f"form without csrf_token: {_show(form)}"
    for button in tree.xpath("//button[not(@type)]"):
        yield f"button without type: {_show(button)}"


def _images(tree: HtmlElement) -> Iterator[str]:
    for image in tree.xpath("//img[not(@alt)]"):
        yield f"image without alt: {_show(image)}"


def _cells(bearers: Bearers) -> Iterator[str]:
    """On a phone a cell is a label and what stands beside it; bare words behind an element fall below the label."""
    for cell in bearers.get("data-label", ()):
        if any(each.tag != "br" and (each.tail or "").strip() for each in cell.iterchildren(etree.Element)):
            yield f"bare words behind an element: {_show(cell)}"


def _names(tree: HtmlElement, bearers: Bearers) -> Iterator[str]:
    for element in tree.xpath("//a[@href]|//button|//summary"):
        named = element.get("aria-label") or element.get("aria-labelledby") or element.get("title")
        if not (named or element.text_content().strip() or element.xpath(".//img[@alt!='']|.//title")):
            yield f"nothing to read or say: {_show(element)}"
    for element in bearers.get("tabindex", ()):
        if element.get("tabindex", "").strip().lstrip("+0").isdigit():
            yield f"positive tabindex: {_show(element)}"


def _htmx(bearers: Bearers) -> Iterator[str]:
    for element in _once(bearers, ("hx-",)):
        for name, value in element.attrib.items():
            if name.startswith(HTMX_FORBIDDEN_PREFIXES) or value.startswith(("js:", "javascript:")):
                yield f"{name} needs eval: {_show(element)}"
        if "[" in element.get("hx-trigger", ""):
            yield f"trigger filter needs eval: {_show(element)}"
        if any(name in element.attrib for name in HTMX_REQUESTS) and not _works_alone(element):
            yield f"does nothing without JavaScript: {_show(element)}"


def _works_alone(element: HtmlElement) -> bool:
    """Whether it is a link, a form, something in a form, or fetches by itself what is only an addition."""
    if element.tag == "a":
        return bool(element.get("href"))
    if element.tag == "form" or element.get("form") or element.xpath("ancestor::form"):
        return True
    return any(word in element.get("hx-trigger", "") for word in BY_ITSELF)


def _references(bearers: Bearers, ids: set[str]) -> Iterator[str]:
    for name in REFERENCES:
        for element in bearers.get(name, ()):
            missing = set(element.get(name).split()) - ids
            if missing and not (name == "for" and element.tag == "output"):
                yield f"{name} names {sorted(missing)}, which is not on the page: {_show(element)}"


def _icons(tree: HtmlElement, ids: set[str]) -> Iterator[str]:
    """Once each: a drawing that refers to nothing leaves an empty place."""
    for name in sorted({each.get("href", "") for each in tree.iter("use")}):
        if name[1:] not in ids:
            yield f"no icon {name} on the page"


def _targets(bearers: Bearers, ids: set[str]) -> Iterator[str]:
    for element in bearers.get("hx-target", ()):
        target = element.get("hx-target")
        if target.startswith("#") and target[1:] not in ids:
            yield f"hx-target {target} is not on the page: {_show(element)}"
