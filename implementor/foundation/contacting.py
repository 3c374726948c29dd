"""How people are reached: mail addresses, telephone numbers and web addresses as they are read, kept and compared."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

from phonenumbers import (
    COUNTRY_CODE_TO_REGION_CODE,
    NumberParseException,
    PhoneMetadata,
    PhoneNumberFormat,
    format_number,
    is_possible_number,
    parse,
)

from implementor.foundation.text import clean_line, without_marks

LONGEST_EMAIL = 254
LONGEST_PHONE = 40
LONGEST_URL = 2000
FEWEST_DIGITS, MOST_DIGITS = 3, 20
_EMAIL = re.compile(
    r"[^\s@<>;:,()\[\]\\\"]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_](?:[\w-]{0,61}[^\W_])", re.IGNORECASE
)
_PHONE = re.compile(
    r"[\d\s+().\-/\u2010-\u2015#*,;:]*(?:(?:ext|extension|extensi[oó]n|int|anexo|x)\.?:?\s*\d{1,6})?", re.IGNORECASE
)
_PLAIN_ABROAD = re.compile(r"\+[\d ]+")
_EXTENSION = re.compile(r"(?:ext\w*|int|anexo|x|#|;)[.:]?\s*\d+\s*$", re.IGNORECASE)
_NOT_DIGITS = re.compile(r"\D+")
_SCHEME = re.compile(r"[a-z][a-z0-9+.\-]*:(?!\d)", re.IGNORECASE)
_HOST = re.compile(
    r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{0,61}[^\W_]\.?|localhost|\d{1,3}(?:\.\d{1,3}){3}", re.IGNORECASE
)
_UNSAFE = re.compile(r"[\s<>\"'`\\{}|^]")


def read_email(text: str) -> str:
    """A mail address in small letters. Raises ValueError."""
    address = without_marks(clean_line(text)).removeprefix("mailto:").lower()
    local = address.partition("@")[0]
    if len(address) > LONGEST_EMAIL or _EMAIL.fullmatch(address) is None:
        raise ValueError(text)
    if ".." in local or local.startswith(".") or local.endswith("."):
        raise ValueError(text)
    return address


def read_phone(text: str) -> str:
    """A telephone number as it was typed, without invisible signs. Raises ValueError for what cannot be one."""
    number = clean_line(without_marks(text)).removeprefix("tel:")
    if len(number) > LONGEST_PHONE or _PHONE.fullmatch(number) is None:
        raise ValueError(text)
    if not FEWEST_DIGITS <= len(_NOT_DIGITS.sub("", number)) <= MOST_DIGITS:
        raise ValueError(text)
    return number


@lru_cache(maxsize=65536)
def phone_key(text: str, country: str = "") -> str:
    """The form in which numbers are compared: +34612345678 where its country is known, else its digits alone."""
    text = without_marks(text)
    bare = _EXTENSION.sub("", text)
    digits = _NOT_DIGITS.sub("", bare)
    if _PLAIN_ABROAD.fullmatch(bare) and _is_plain(digits):
        return f"+{digits}"
    try:
        number = parse(f"+{digits[2:]}" if digits.startswith("00") else bare, country or None)
    except NumberParseException:
        return digits
    return format_number(number, PhoneNumberFormat.E164) if is_possible_number(number) else digits


def _is_plain(digits: str) -> bool:
    """Whether digits are a country's code and as many more as are possible there, with nothing to leave out."""
    for length in (1, 2, 3):
        known = _of_code(digits[:length])
        if known is not None:
            lengths, prefix = known
            national = digits[length:]
            return len(national) in lengths and national[:1] != "0" and not (prefix and prefix.match(national))
    return False


@lru_cache(maxsize=1024)
def _of_code(code: str) -> tuple[frozenset[int], re.Pattern[str] | None] | None:
    """How many digits follow a country's code, and what may stand before them at home; None for what is no code."""
    region = COUNTRY_CODE_TO_REGION_CODE.get(int(code or 0), ("",))[0]
    metadata = PhoneMetadata.metadata_for_region(region, None) if region else None
    if metadata is None or metadata.general_desc is None:
        return None
    prefix = metadata.national_prefix_for_parsing
    return frozenset(metadata.general_desc.possible_length), re.compile(prefix) if prefix else None


def with_country(number: str, country: str) -> str:
    """A number with the code of its country, where it has none and is possible there; any other as it is."""
    key = phone_key(number, country)
    if not key.startswith("+") or without_marks(number).lstrip().startswith(("+", "00")):
        return number
    return format_number(parse(key, None), PhoneNumberFormat.INTERNATIONAL)


def read_url(text: str) -> str:
    """A web address with its scheme, http or https and nothing else. Raises ValueError."""
    address = without_marks(clean_line(text))
    if _SCHEME.match(address) is None:
        address = f"https://{address}"
    if len(address) > LONGEST_URL or _UNSAFE.search(address):
        raise ValueError(text)
    parts = urlsplit(address)
    host = parts.hostname or ""
    # somebody's name before the host is how a foreign address is made to look like a known one
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or _HOST.fullmatch(host) is None:
        raise ValueError(text)
    _ = parts.port  # a port that is none raises ValueError
    return parts._replace(netloc=parts.netloc.lower()).geturl()


def mail_link(address: str) -> str:
    """The link that writes to an address; empty for what is none, however it came to be stored."""
    try:
        return f"mailto:{quote(read_email(address), safe='@')}"
    except ValueError:
        return ""


def phone_link(number: str) -> str:
    """The link that dials a number; empty for what is none."""
    try:
        key = phone_key(read_phone(number))
    except ValueError:
        return ""
    return f"tel:{key}"


def web_link(address: str) -> str:
    """The link that opens a web address; empty for what is none."""
    try:
        return read_url(address) if _SCHEME.match(address) else ""
    except ValueError:
        return ""


def shown_url(address: str) -> str:
    """A web address as people say it: without its scheme and a last slash."""
    return address.removeprefix("https://").removeprefix("http://").removesuffix("/")
