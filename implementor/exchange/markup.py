"""Turns Jira's wiki markup, with the HTML people paste into it, into Markdown without losing a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from implementor.exchange.markup_inline import inline
from implementor.foundation.text import clean

_MACRO = re.compile(
    r"\{(?P<name>code|noformat|quote|panel|toc|expand|info|note|warning|tip|section|column|adf)"
    r"(?::(?P<with>[^{}\n]{0,300}))?\}",
    re.IGNORECASE,
)
_VERBATIM = frozenset({"code", "noformat"})
_UNSEEN = re.compile(r"\{color(?::[^{}\n]{0,60})?\}|\{anchor:[^{}\n]{0,100}\}", re.IGNORECASE)
_PRE = re.compile(r"</?pre(?:\s[^<>\n]{0,200})?>", re.IGNORECASE)
_HEADING = re.compile(r"\s{0,8}h([1-6])\.\s*(\S.*)\Z", re.IGNORECASE)
_ITEM = re.compile(r"\s{0,40}([*#-]{1,12})\s+(\S.*)\Z")
_RULE = re.compile(r"\s*-{4,}\s*\Z")
_QUOTE = re.compile(r"\s{0,8}bq\.\s+(\S.*)\Z", re.IGNORECASE)
_CELL = re.compile(
    r"\|{1,2}|\[[^\]\[\n]{0,500}\]|![^!\n\s][^!\n]{0,300}!|\{\{[^{}\n]{0,300}\}\}|[^|\[!{]+|.", re.DOTALL
)
_BLOCK_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>br|p|div|li|ul|ol|tr|table|tbody|thead|blockquote|h[1-6])(?:\s[^<>\n]{0,300})?/?>",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r"[A-Za-z][A-Za-z0-9+#-]{0,19}\Z")


@dataclass(frozen=True)
class _Part:
    """A stretch of the text: prose, or verbatim in a language; inside a quotation or not."""

    text: str
    quoted: bool
    verbatim: bool = False
    language: str = ""


def markdown_of(text: str) -> str:
    """Markdown with the meaning of a Jira text; the time it takes grows with its length only."""
    text = clean(text)
    tags = _PRE.findall(text)
    if tags and sum(tag.startswith("</") for tag in tags) * 2 == len(tags):
        text = _PRE.sub("{noformat}", text)
    writer = _Writer()
    for part in _parts(text):
        writer.quoted = part.quoted
        if part.verbatim:
            writer.fence(part.text, part.language)
        else:
            for line in _lines(part.text):
                writer.line(line)
    return writer.result()


def _parts(text: str) -> Iterator[_Part]:
    """The text cut at its macros; a verbatim one that is never closed stays in the text as it is."""
    lower = text.lower()
    if len(lower) != len(text):  # some capitals grow when lowered, and then places would differ
        lower = text
    unclosed: set[str] = set()
    start = place = 0
    quoted = False
    while found := _MACRO.search(text, place):
        name, place = found["name"].lower(), found.end()
        verbatim = name in _VERBATIM
        end = -1 if name in unclosed or not verbatim else lower.find(f"{{{name}}}", place)
        if verbatim and end < 0:
            unclosed.add(name)
            continue
        yield _Part(text[start : found.start()], quoted)
        language, title = _parameters(found["with"] or "")
        quoted = not quoted if name == "quote" else quoted
        if title:
            yield _Part(f"*{title}*", quoted)
        if verbatim:
            yield _Part(text[place:end], quoted, verbatim=True, language=language)
            place = end + len(name) + 2
        start = place
    yield _Part(text[start:], quoted)


def _parameters(text: str) -> tuple[str, str]:
    """Language and title of a macro such as {code:title=Foo.java|java}."""
    language = title = ""
    for part in text.split("|"):
        name, sign, value = part.partition("=")
        if sign and name.strip().lower() == "title":
            title = value.strip()
        elif sign and name.strip().lower() == "language" and _LANGUAGE.match(value.strip()):
            language = value.strip().lower()
        elif not sign and _LANGUAGE.match(part.strip()):
            language = part.strip().lower()
        elif not sign and part.strip():
            title = part.strip()
    return ("" if language == "none" else language), title


def _lines(text: str) -> Iterator[str]:
    """Lines of prose, with Jira's and HTML's line breaks made real ones."""
    text = _BLOCK_TAG.sub(_as_lines, _UNSEEN.sub("", text))
    text = re.sub(r"\\\\(?=\s|\Z)[ \t]*\n?", "  \n", text)
    yield from text.split("\n")


def _as_lines(tag: re.Match[str]) -> str:
    name = tag["name"].lower()
    if tag["close"]:
        return "\n"
    if name == "li":
        return "\n* "
    return f"\n{name}. " if name[0] == "h" and name[1:].isdecimal() else "\n"


@dataclass
class _Writer:
    """Puts Markdown lines down, with the blank lines that Markdown wants between unlike things."""

    lines: list[str] = field(default_factory=list)
    quoted: bool = False
    _last: str = ""
    _depth: int = 0

    def line(self, line: str) -> None:
        """One line of prose in Jira markup."""
        if not line.strip():
            self._blank()
        elif _RULE.match(line):
            self._put("---", "rule")
        elif found := _HEADING.match(line):
            self._put(f"{'#' * int(found[1])} {inline(found[2].strip())}", "heading")
        elif found := _QUOTE.match(line):
            self._put(f"> {inline(found[1].strip())}", "quotation")
        elif (found := _ITEM.match(line)) and not (found[1].count("-") == len(found[1]) > 3):
            self._item(found[1], found[2])
        elif line.lstrip().startswith("|") and line.count("|") > 1:
            self._table_row(line.strip())
        else:
            self._put(_unlike_block(inline(line)), "prose")

    def _item(self, marks: str, text: str) -> None:
        self._depth = min(len(marks), self._depth + 1 if self._last == "item" else 1)
        mark = "1." if marks[-1] == "#" else "-"
        self._put(f"{'    ' * (self._depth - 1)}{mark} {inline(text.strip())}", "item")

    def _table_row(self, line: str) -> None:
        cells, header = _cells(line)
        row = "| " + " | ".join(inline(cell).replace("|", "&#124;") for cell in cells) + " |"
        if self._last != "table":
            rule = "| " + " | ".join("---" for _ in cells) + " |"
            if header:
                self._put(row, "table")
                self._put(rule, "table")
                return
            self._put("| " + " | ".join(" " for _ in cells) + " |", "table")
            self._put(rule, "table")
        self._put(row, "table")

    def fence(self, text: str, language: str) -> None:
        """Verbatim text between fences that it does not itself contain."""
        body = text.strip("\n").rstrip()
        if not body.strip():
            return
        longest = max((len(run) for run in re.findall(r"`{3,}", body)), default=2)
        mark = "`" * (longest + 1)
        self._blank()
        for line in (f"{mark}{language}", *body.split("\n"), mark):
            self._put(line, "fence")
        self._blank()

    def _put(self, line: str, kind: str) -> None:
        if self._last and kind != self._last:
            self._blank()
        self.lines.append(f"> {line}" if self.quoted else line)
        self._last = kind if kind not in {"rule", "heading"} else f"{kind} done"

    def _blank(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")
        self._last = ""

    def result(self) -> str:
        text = "\n".join(line.rstrip() + ("  " if line.endswith("  ") and line.strip() else "") for line in self.lines)
        return text.strip("\n")


def _unlike_block(line: str) -> str:
    """Prose that Markdown would take for code, as four spaces make it, loses the spaces before it."""
    kept = line.lstrip(" \t")
    return line if len(line) - len(kept) < 4 and not line.startswith("\t") else kept


def _cells(line: str) -> tuple[list[str], bool]:
    """The cells of a table row and whether it is a header; pipes inside links and images do not cut."""
    cells: list[list[str]] = []
    for token in _CELL.findall(line):
        if token in {"|", "||"}:
            cells.append([])
        elif cells:
            cells[-1].append(token)
    texts = ["".join(parts).strip() for parts in cells]
    if len(texts) > 1 and not texts[-1]:
        texts.pop()
    return texts, line.startswith("||")
