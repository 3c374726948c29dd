"""Blocks: groups small enough to compare everybody in them, made so that duplicates meet in at least one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations, product

from implementor.duplicates.normal_forms import is_role_mailbox
from implementor.duplicates.portraits import Portrait

LARGEST_BLOCK = 25
"""A value that more records share tells nobody apart; it makes no candidates."""
NARROWER_THAN_TOWN = frozenset({"company", "phone", "postcode", "tax_id"})
LETTERS_OF_A_NAME = 4
_NOT_LETTERS = re.compile(r"[^a-z]+")
_SOUNDS = str.maketrans("bfpvcgjkqsxzdtlmnraeiouyhw", "111122222222334556--------"[:26])
"""Letters that are mistaken for each other sound alike; vowels are silent."""


def blocks_of(portrait: Portrait, *, is_small_base: bool = False) -> Iterator[str]:
    """The blocks a record stands in: exact values, and parts of two fields that rarely both go wrong.

    Where the base is small, parts of one field are rare enough to bring records together too.
    """
    for role in ("tax_id", "phone", "domain", *(("born",) if is_small_base else ())):
        for value in portrait.get(role, ()):
            yield f"{role}:{value}"
    yield from _blocks_of_mailboxes(portrait, is_small_base)
    # colleagues share a company and families a street: who has a name is found by that
    yield from _blocks_of_people(portrait, is_small_base) if "name" in portrait else _blocks_of_companies(portrait)
    if is_small_base:
        yield from _wide_blocks(portrait)


def _blocks_of_mailboxes(portrait: Portrait, is_small_base: bool) -> Iterator[str]:
    """The whole address and halves of it; in a large base half an address stands with the town, or the whole domain."""
    towns = () if is_small_base else portrait.get("city", ())
    for value in portrait.get("email", ()):
        if not is_role_mailbox(value):
            local, _at, domain = value.partition("@")
            yield f"e:{value}"
            for town in towns or ("",):
                yield f"l:{local}{town[:3]}"
            yield f"m:{local[:5]}@{domain[:6] if is_small_base else domain}"


def _blocks_of_people(portrait: Portrait, is_small_base: bool) -> Iterator[str]:
    words = [word for name in portrait["name"] for word in name.split()]
    sounds = {sound_of(word) for word in words}
    yield "n:" + " ".join(sorted(sounds))
    for place in _places(portrait):
        for sound in sounds:
            yield f"{sound}|{place}"
    starts = sounds | {word[:3] for word in words}
    for fact in _births_and_town(portrait, is_small_base):
        for start in starts:
            yield f"{start}|{fact}"


def _wide_blocks(portrait: Portrait) -> Iterator[str]:
    """One word of a name by its sound or its letters, also as a mailbox has it; half a birthday with half a town."""
    for name in portrait.get("name", ()):
        for word in name.split():
            yield f"w:{sound_of(word)}"
            yield "x:" + "".join(sorted(set(word)))
    for address in portrait.get("email", ()):
        for piece in _NOT_LETTERS.split(address.partition("@")[0]):
            if len(piece) >= LETTERS_OF_A_NAME:
                yield f"w:{sound_of(piece)}"
    for day, city in product(portrait.get("born", ()), portrait.get("city", ())):
        yield f"yt{day[:4]}{city[:3]}"
        yield f"mt{day[3:6]}{city[:2]}"
        yield f"dt{day[3]}{day[6:]}{city[:2]}"


def _places(portrait: Portrait) -> Iterator[str]:
    """Where somebody is, which narrows a common name down: the postcode, the company."""
    for role in ("postcode", "company"):
        for value in portrait.get(role, ()):
            yield f"{role[0]}{value}"


def _births_and_town(portrait: Portrait, is_small_base: bool) -> Iterator[str]:
    """When somebody was born, with a slip in the year or in the day; the town of whom nothing narrower is known.

    Half a date is shared by too many of a large base: there it stands with the town.
    """
    towns = [city[:3] for city in portrait.get("city", ())]
    for day in portrait.get("born", ()):
        yield f"b{day}"
        for town in ("",) if is_small_base else towns:
            yield f"y{day[:4]}{town}"
            yield f"d{day[4:]}{town}"
    if portrait.keys().isdisjoint(NARROWER_THAN_TOWN):
        for town in towns:
            yield f"t{town}"


def _blocks_of_companies(portrait: Portrait) -> Iterator[str]:
    for value in portrait.get("company", ()):
        words = value.split()
        yield "c:" + value.replace(" ", "")[:7]
        yield "s:" + " ".join(sorted({sound_of(word) for word in words}))
    for street in portrait.get("street", ()):
        for place in (*portrait.get("postcode", ()), *(city[:3] for city in portrait.get("city", ()))):
            yield f"a:{street[:9]}|{place}"


def pairs_of_block(members: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Every two of a block, the lower id first; nothing of a block that is too large to mean anything."""
    if 1 < len(members) <= LARGEST_BLOCK:
        yield from combinations(sorted(members), 2)


@lru_cache(maxsize=65536)
def sound_of(word: str) -> str:
    """A word by how it sounds: its first letter, then up to three groups of like consonants."""
    groups = word[0]
    last = ""
    for group in word.translate(_SOUNDS):
        if group != last and group != "-":
            groups += group
        last = group
    return groups[:4]
