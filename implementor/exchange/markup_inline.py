"""Turns the marks inside a line of Jira markup (bold, links, images, mentions) into Markdown."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

_ADDRESS = r"(?:https?|ftp|mailto|file|smb):[^\s<>|\]\[\"]+"
_KEPT = re.compile(
    r"\{\{(?P<mono>[^{}\n]{1,2000}(?:\{[^{}\n]{0,500}\}[^{}\n]{0,500}){0,5})\}\}"
    r"|<code>(?P<tag>[^<>\n]{1,2000})</code>"
    r"|\[(?P<link>[^\]\[\n]{1,2000})\]"
    r"|!(?P<image>[^!\n|\s][^!\n|]{0,300})(?:\|(?P<how>[^!\n]{0,300}))?!(?!\w)"
    rf"|(?P<address>{_ADDRESS})"
    r"|<a\s[^<>\n]{0,300}?href\s*=\s*[\"']?(?P<href>[^\s\"'<>]{1,1000})[\"']?[^<>\n]{0,300}>(?P<label>[^<>\n]{0,1000})</a>",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"[^\n]{1,250}\.(?:png|jpe?g|gif|bmp|webp|svg|tiff?|mp4|mov|avi|pdf|docx?|xlsx?|pptx?|txt|zip|csv)\Z", re.IGNORECASE
)
_WAYS_TO_SHOW = frozenset({"smart-link", "smart-card", "smart-embed", ""})
_MARKS: tuple[tuple[str, re.Pattern[str], str], ...] = tuple(
    (
        mark[-1],
        re.compile(rf"(?<![\w\\{mark}]){mark}(?=[^\s{mark}])([^{mark}\n]{{1,3000}}+)(?<=\S){mark}(?![\w{mark}])"),
        put,
    )
    for mark, put in ((r"\*", r"**\1**"), ("_", r"*\1*"), ("-", r"~~\1~~"))
)
_TAGS = re.compile(
    r"<(/?)(b|strong|i|em|u|s|del|strike|span|font|tt|small|sup|sub)(?:\s[^<>\n]{0,300})?>", re.IGNORECASE
)
_TAG_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "del": "~~", "strike": "~~"}
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,31}|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_ANY_SIGN = re.compile(r"[{\[!<:&*_\-\u00a0]")  # a line without any of them is Markdown already
_TRAILING = ".,;:!?)'*_"


def inline(line: str) -> str:
    """One line in Markdown; everything that is no mark stays as text, `<` too."""
    if not _ANY_SIGN.search(line):
        return line
    done: list[str] = []
    place = 0
    for found in _KEPT.finditer(line):
        done.append(_prose(line[place : found.start()]))
        done.append(_kept(found))
        place = found.end()
    done.append(_prose(line[place:]))
    return "".join(done)


def _prose(text: str) -> str:
    text = _plain(text, tags=True)
    for sign, mark, put in _MARKS:
        if text.count(sign) > 1:
            text = mark.sub(put, text)
    return text


def _plain(text: str, *, tags: bool = False) -> str:
    """Text whose entities are read and whose angle brackets are shown rather than taken for tags."""
    if tags and "<" in text:
        text = _TAGS.sub(lambda tag: _TAG_MARKS.get(tag[2].lower(), ""), text)
    if "&" in text:
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    text = text.replace("\u00a0", " ")
    if "&" in text:
        text = _ENTITY.sub(lambda entity: "&amp;" + entity[0][1:], text)
    return text.replace("<", "&lt;")


def _kept(found: re.Match[str]) -> str:
    kind = found.lastgroup or ""
    kind = "image" if kind == "how" else "href" if kind == "label" else kind
    return _WRITERS[kind](found)


def _mono(found: re.Match[str]) -> str:
    text = html.unescape(found["mono"] or found["tag"] or "")
    mark = "``" if "`" in text else "`"
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{mark}{space}{text}{space}{mark}" if text.strip() and "``" not in text else _plain(text)


def _link(found: re.Match[str]) -> str:
    inside = found["link"]
    text, *rest = inside.split("|")
    if inside.startswith("~"):
        return "@" + _plain(inside[1:].removeprefix("accountid:"))
    if inside.startswith("^"):
        return _anchor(inside[1:], inside[1:])
    target = rest[0].strip() if rest else text.strip()
    if re.match(_ADDRESS, target, re.IGNORECASE) or (rest and re.match(r"(?:www\.|/|#|\^|~)\S", target)):
        label = text if text.strip() else target
        extra = [part for part in rest[1:] if part.strip().lower() not in _WAYS_TO_SHOW]
        return _anchor(label.strip(), target.lstrip("^")) + "".join(f" {_plain(part)}" for part in extra)
    return f"[{_plain(inside, tags=True)}]"


def _image(found: re.Match[str]) -> str:
    target = found["image"].strip()
    if not (_FILE.match(target) or re.match(_ADDRESS, target, re.IGNORECASE)):
        return "!" + _prose(found[0][1:])
    alt = re.search(r"alt=\"([^\"]{1,300})\"", found["how"] or "")
    label = alt[1] if alt and alt[1] != target else target.rsplit("/", 1)[-1]
    return "!" + _anchor(label, target)


def _href(found: re.Match[str]) -> str:
    return _anchor((found["label"] or "").strip() or found["href"], found["href"])


def _address(found: re.Match[str]) -> str:
    address = found["address"]
    bare = address.rstrip(_TRAILING)
    return f"<{bare}>{_plain(address[len(bare) :])}" if "://" in bare else _plain(address)


def _anchor(label: str, target: str) -> str:
    """A Markdown link; a target with spaces or brackets stands between angle brackets."""
    label = _plain(label).replace("[", "\\[").replace("]", "\\]")
    target = html.unescape(target).replace("<", "%3C").replace(">", "%3E")
    return f"[{label}](<{target}>)" if re.search(r"[\s()]", target) else f"[{label}]({target})"


_WRITERS: dict[str, Callable[[re.Match[str]], str]] = {
    "mono": _mono,
    "tag": _mono,
    "link": _link,
    "image": _image,
    "address": _address,
    "href": _href,
}
