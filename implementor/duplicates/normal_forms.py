"""Normal forms: what two spellings of one address, number, name or company have in common, as a key to compare."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

from implementor.duplicates.families import ByFamily
from implementor.duplicates.word_lists import ARTICLES, LEGAL_FORMS, PUBLIC_DOMAINS, ROLE_MAILBOXES, TITLES
from implementor.foundation.text import folded

SHORTEST_PHONE = 7
LONGEST_OWN = 100
_SCHEME = re.compile(r"^[a-z]+://(?:www\.)?")
COMPARED_DIGITS = 9
AT_HAND = 8192  # an import asks for the forms of a row before it writes it and once more afterwards
_NOT_LETTERS = re.compile(r"[\W_]+")
_APOSTROPHES = re.compile(r"['’`´.]")
_NOT_DIGITS = re.compile(r"[^0-9]+")
_NOT_PLAIN = re.compile(r"[^0-9a-z]+")
_INITIALS = re.compile(r"\b(?:[a-z]\. ?){2,}|\b[a-z](?:/[a-z])+\b")
_LEGAL_SPELLED = re.compile(r"\bs(?:ociedad)? (?:anonima|limitada)\b|\bsp\. ?z ?o\. ?o\b")


@lru_cache(maxsize=AT_HAND)
def email_key(text: str) -> str:
    """The address as mailboxes compare it: folded, without a `+tag`; empty for what is no address."""
    local, at, domain = folded(text).strip().strip("<>").rpartition("@")
    local = local.partition("+")[0].removeprefix("mailto:")
    return f"{local}@{domain}" if at and local and "." in domain and " " not in local + domain else ""


def is_role_mailbox(key: str) -> bool:
    """Whether an address belongs to a desk, such as `info@`, that several people share."""
    local = key.partition("@")[0]
    return local in ROLE_MAILBOXES or (not local.isalnum() and _NOT_PLAIN.sub("", local) in ROLE_MAILBOXES)


def domain_key(text: str) -> str:
    """The domain of a web or mail address without `www.`; empty for public mail providers and for no domain."""
    host = folded(text).strip().rpartition("@")[2].partition("://")
    name = (host[2] or host[0]).split("/", 1)[0].split("?", 1)[0].split(":", 1)[0].removeprefix("www.").strip(".")
    return "" if "." not in name or " " in name or name in PUBLIC_DOMAINS else name


@lru_cache(maxsize=AT_HAND)
def phone_key(text: str) -> str:
    """The last nine digits of the number within its country; empty below seven, which identify nobody."""
    digits = _NOT_DIGITS.sub("", _before_extension(text))
    is_whole = text.lstrip().startswith("+") or digits.startswith("00")
    national = _without_country(digits.removeprefix("00")) if is_whole else digits
    national = national.lstrip("0")[-COMPARED_DIGITS:]
    return national if len(national) >= SHORTEST_PHONE and len(set(national)) > 1 else ""


def _before_extension(text: str) -> str:
    if text.isascii() and "x" not in text and "X" not in text and "#" not in text:
        return text
    return re.split(r"(?i)(?:ext|x|#)\.?\s*\d+\s*$", text, maxsplit=1)[0]


def _without_country(digits: str) -> str:
    for length in (1, 2, 3):
        if digits[:length].isdigit() and int(digits[:length]) in COUNTRY_CODE_TO_REGION_CODE:
            return digits[length:]
    return digits


@lru_cache(maxsize=65536)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text without case, accents, points and apostrophes."""
    return tuple(_NOT_LETTERS.sub(" ", _APOSTROPHES.sub("", folded(text))).split())


@lru_cache(maxsize=AT_HAND)
def name_key(text: str) -> str:
    """A person's name: its words in alphabetical order without titles, so that `García, Ana` is `Ana García`."""
    words = words_of(text)
    return " ".join(
        sorted(words if TITLES.isdisjoint(words) else [word for word in words if word not in TITLES] or words)
    )


@lru_cache(maxsize=65536)
def company_key(text: str) -> str:
    """A company's name without legal form, articles and punctuation; never empty where there is a name."""
    plain = _LEGAL_SPELLED.sub(" ", folded(text).replace("&", " and "))
    plain = _INITIALS.sub(lambda found: _NOT_PLAIN.sub("", found[0]) + " ", plain)
    words = [word for word in words_of(plain) if word not in ARTICLES]
    kept = [word for word in words if word not in LEGAL_FORMS]
    return " ".join(kept or words or words_of(text))


def plain_key(text: str) -> str:
    """Letters and digits alone, as tax numbers and postcodes are compared."""
    return _NOT_PLAIN.sub("", folded(text))


def tax_id_key(text: str) -> str:
    """A tax or identity number without its punctuation; empty below five characters and for zeros."""
    key = plain_key(text)
    return key if len(key) >= 5 and set(key) != {"0"} else ""


@lru_cache(maxsize=65536)
def address_key(text: str) -> str:
    """A street, town or whole address as words in order."""
    return " ".join(words_of(text))


def day_key(text: str) -> str:
    """A day as eight digits, year first, from ISO text or eight digits; empty for anything else."""
    digits = _NOT_DIGITS.sub("", text)[:8]
    return digits if len(digits) == 8 else ""


def own_text_key(text: str) -> str:
    """The first words of a text of one's own in order; comparing long ones would take long."""
    return address_key(text[:LONGEST_OWN])


def web_key(text: str) -> str:
    """A web address without what says nothing: the scheme, `www.`, a slash at the end."""
    return _SCHEME.sub("", text.strip().casefold()).rstrip("/")


def number_key(text: str) -> str:
    """A number without zeros behind its point; empty for what is none."""
    try:
        return f"{Decimal(text).normalize():f}"
    except InvalidOperation:
        return ""


NORMAL_FORMS: ByFamily[Callable[[str], str]] = ByFamily({
    "email": email_key,
    "phone": phone_key,
    "name": name_key,
    "company": company_key,
    "domain": domain_key,
    "tax_id": tax_id_key,
    "postcode": plain_key,
    "street": address_key,
    "city": address_key,
    "born": day_key,
    "own_text": own_text_key,
    "own_choice": plain_key,
    "own_web": web_key,
    "own_number": number_key,
})  # fmt: skip
"""The roles that a field can have in telling records apart, and how values of each are made comparable."""
