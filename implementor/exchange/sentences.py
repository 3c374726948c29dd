"""Splits a story told in one sentence into who wants what and why, in English and Spanish, with or without commas."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LONGEST = 4_000  # characters of a line in which a sentence is looked for

_BULLET = re.compile(r"^\s*(?:(?:[-*•·–—▪◦+]|\(?\d{1,4}[.)]|\[[ xX]?\])\s+)*[\"“«']?")
_ROLE = r"As\s+(?:(?:an|a|the)(?:\s+|(?=[A-Z])))?(?P<who>\S.{0,200}?)[\s,;:.]*"
_WISH = r"want|need|wish|would\s+like|wanna"
_ABILITY = r"(?P<other>['’](?:m|ll)\s|\s+(?:can|could|do\s+not|don['’]t|must|should|will|would|am|have)\b)"
_ENGLISH = re.compile(
    _ROLE + r"(?:(?:\b(?:I|we)|(?-i:I))(?:\s+(?:only\s+)?(?:" + _WISH + r")\b|['’]d\s+like\b|" + _ABILITY + ")"
    r"|(?:(?<=\s\s)|(?<=,\s))would\s+like\b)",
    re.IGNORECASE | re.DOTALL,
)
_ENGLISH_WITHOUT_I = re.compile(
    _ROLE + r"(?<=[\s,])(?:would\s+like|wants?|needs?)\b(?P<other>(?!))?", re.IGNORECASE | re.DOTALL
)
_SPANISH = re.compile(
    r"(?:(?:En\s+mi\s+)?(?:papel|rol|calidad)\s+de|(?:Yo\s*,?\s*)?Como)\s+(?:(?:un|una|el|la)\s+)?"
    r"(?P<who>\S.{0,200}?)[\s,;:.]*"
    r"(?<![^\s,;:.])(?:yo\s+)?(?:quiero|queremos|necesito|necesitamos|deseo|deseamos|quisiera|quisiéramos|"
    r"me\s+gustar[ií]a|requiero|(?P<other>(?:puedo|debo|podr[eé])\b))\b",
    re.IGNORECASE | re.DOTALL,
)
_SO_THAT = (
    re.compile(r"[\s,;.]*\bso\s+that\s*(?:so\s+that\s*)*(?:that\s+)?", re.IGNORECASE),
    re.compile(r"[\s,;.]*\bin\s+order\s+(?:to|that)\s+", re.IGNORECASE),
    re.compile(r"(?:\s*[,;.]\s*|\s{2,})so\s+", re.IGNORECASE),
    re.compile(r"[\s,;.]*\bso\s+(?=(?:I|we|they|he|she|it)\s+(?:can|could|may|do|don['’]t|am|will)\b)", re.IGNORECASE),
)
_PARA = (
    re.compile(
        r"[\s,;.]*\b(?:con\s+el\s+(?:fin|objetivo|prop[oó]sito)\s+de|a\s+fin\s+de)(?:\s+que)?\s+", re.IGNORECASE
    ),
    re.compile(r"[\s,;.]*\b(?:de\s+(?:modo|manera|forma)\s+que|y\s+as[ií])\s+", re.IGNORECASE),
    re.compile(r"\s*[,;.]\s*para\s+(?:que\s+)?", re.IGNORECASE),
    re.compile(r"\s*\bpara\s+que\s+", re.IGNORECASE),
    re.compile(r"\s*\bpara\s+", re.IGNORECASE),
)
_STARTS = re.compile(
    r"^\W{0,12}(?:\d{1,4}[.)]\s+)?(?:as\s+(?:an?|the)(?:\s|(?=[A-Z]))|(?:yo\s*,?\s*)?como\s+(?:\w+\W+){1,12}?(?:yo\s+)?"
    r"(?:quiero|necesito|deseo|quisiera|puedo|requiero|me\s+gustar[ií]a)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Sentence:
    """A story's sentence in its parts; what the sentence does not say is ""."""

    as_a: str
    i_want: str
    so_that: str = ""


def starts_story(line: str) -> bool:
    """Whether a line opens like a story: `As a ...` or `Como ..., quiero ...`."""
    return bool(_STARTS.match(line[:400]))


def without_bullet(line: str) -> str:
    """A line without the bullet, number or tick box that a list puts before it."""
    return _BULLET.sub("", line, count=1).strip(' \t"“”«»')


def sentence_of(text: str) -> Sentence | None:
    """The parts of a story sentence, or None where the text is not one."""
    line = without_bullet(" ".join(text[:_LONGEST].split("\n")).replace("\t", " "))
    for opening, reasons, pick in ((_ENGLISH, _SO_THAT, 0), (_ENGLISH_WITHOUT_I, _SO_THAT, 0), (_SPANISH, _PARA, -1)):
        found = opening.match(line)
        if found:
            start = _start_of_wish(line, found)
            want, why = _apart(line[start:], reasons, pick)
            return Sentence(_tidy(found["who"]), want, why) if want else None
    return None


def _start_of_wish(line: str, found: re.Match[str]) -> int:
    """Where the wish begins: after "I want", but with "I can" or "I'm able" kept, for they carry meaning."""
    if not found["other"]:
        return found.end()
    pronoun = re.search(r"(?:I|we)\Z", line[: found.start("other")], re.IGNORECASE)
    return pronoun.start() if pronoun else found.start("other")


def _apart(rest: str, reasons: tuple[re.Pattern[str], ...], pick: int) -> tuple[str, str]:
    """The wish and its reason; the first kind of joint that occurs decides, `pick` says which of several."""
    for reason in reasons:
        joints = [joint for joint in reason.finditer(rest) if joint.start() > 0 and rest[joint.end() :].strip(" .")]
        if joints:
            joint = joints[pick]
            return _tidy(rest[: joint.start()]), _tidy(rest[joint.end() :])
    return _tidy(rest), ""


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip(" ,;:").removesuffix(".")
