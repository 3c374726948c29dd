"""Which passwords are good enough, and how they are kept: Argon2id over exactly what was typed.

Figures follow OWASP (19 MiB, 2 passes, 1 lane) and ASVS 6.2: length instead of rules about letters and digits, no
expiry, nothing easy to guess. A second factor, once there is one, lowers the length to `SHORTEST_WITH_SECOND_FACTOR`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from implementor.foundation.text import folded
from implementor.foundation.words import Phrase, say

SHORTEST = 15
SHORTEST_WITH_SECOND_FACTOR = 8
MOST_BYTES = 1024
LEAST_SURPRISE = 8
"""Letters that must be left once everything guessable counts as one letter each."""

COMMON_WORDS = frozenset(Path(__file__).with_name("common_words.txt").read_text(encoding="ascii").split())
"""Words that people put into passwords most, in English and Spanish, folded."""
RUNS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm")
LOOKALIKES = str.maketrans("013457@$!|", "oieastasil")
SHORTEST_RUN = 4
SHORTEST_WORD = 3

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_of_nobody = _hasher.hash("somebody who does not exist has no password")


def hashed(password: str) -> str:
    """The text to keep for a password, salted."""
    return _hasher.hash(_bytes(password))


def matches(kept: str | None, password: str) -> bool:
    """Whether this is the password; takes as long where nobody or no password is known."""
    if len(_bytes(password)) > MOST_BYTES:
        password = ""
    try:
        return _hasher.verify(kept or _of_nobody, _bytes(password)) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def needs_new_hash(kept: str) -> bool:
    """Whether the kept text was made with other figures than today's."""
    return _hasher.check_needs_rehash(kept)


def weakness(password: str, about: Iterable[str] = (), *, has_second_factor: bool = False) -> Phrase | None:
    """Why this password is not good enough, or None; `about` are words that others connect with the person."""
    shortest = SHORTEST_WITH_SECOND_FACTOR if has_second_factor else SHORTEST
    if len(password) < shortest:
        return say("Use at least %(least)s characters; four words that do not belong together do well.", least=shortest)
    if len(_bytes(password)) > MOST_BYTES:
        return say("This is too long to be kept. Use at most %(most)s bytes.", most=MOST_BYTES)
    if surprise(password, about) < min(LEAST_SURPRISE, shortest // 2):
        return say("This is easy to guess. Leave out names, well-known words, dates, rows of keys and repetition.")
    return None


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")


def surprise(password: str, about: Iterable[str] = ()) -> int:
    """How many letters somebody must still guess who tries words, names, rows of keys and repetition first."""
    text = folded(password)
    known = {*COMMON_WORDS, *(word for name in about for word in _words_of(name))}
    return min(len(_shortened(reading, known)) for reading in (text, text.translate(LOOKALIKES)))


def _words_of(name: str) -> list[str]:
    return [word for word in re.split(r"[^\w]+|_", folded(name)) if len(word) >= SHORTEST_WORD]


def _shortened(text: str, known: Iterable[str]) -> str:
    """The text with every known word, row of keys, year and repetition counted as one letter."""
    text = re.sub(r"[\s.,;:_+/-]+", "", text)
    for word in sorted(known, key=len, reverse=True):
        text = text.replace(word, "\x01")
    text = re.sub(r"(19|20)\d\d", "\x02", text)
    text = _without_runs(text)
    return re.sub(r"(.{1,8}?)\1+", r"\1", text)


def _without_runs(text: str) -> str:
    """The text with each row of neighbouring keys, letters or digits counted as one letter, in either direction."""
    rows = [*RUNS, *(row[::-1] for row in RUNS)]
    kept, place = [], 0
    while place < len(text):
        length = max(_run_length(text, place, row) for row in rows)
        kept.append(text[place])
        place += length if length >= SHORTEST_RUN else 1
    return "".join(kept)


def _run_length(text: str, place: int, row: str) -> int:
    start = row.find(text[place])
    if start < 0:
        return 0
    length = 0
    while text[place + length : place + length + 1] == row[start + length : start + length + 1] != "":
        length += 1
    return length
