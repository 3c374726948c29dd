"""How far two values of one field agree: a level by name, such as `same`, `close` or `other`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

from rapidfuzz.distance import OSA, Indel, JaroWinkler

from implementor.duplicates.families import ByFamily
from implementor.duplicates.normal_forms import is_role_mailbox

Level = str
SAME, CLOSE, OTHER = "same", "close", "other"
BEST_FIRST = (SAME, CLOSE, "near", "far", "part", "partly close", "half")
DAYS_NEAR, DAYS_OF_A_YEAR = 40, 365.25
YEARS_MISTAKEN = (1, 10)
"""How many years a slip in one digit of the year makes."""
LONG_ADDRESS, MOST_LETTERS = 10, 0.9
"""From so many characters on, and with what share of them in common, an address may be a slip of another one."""
Values = Sequence[str]


def emails(left: Values, right: Values) -> Level:
    """`shared` is a mailbox of a desk, which several people have in common."""
    common = set(left) & set(right)
    if common:
        return "shared" if all(is_role_mailbox(each) for each in common) else SAME
    return CLOSE if any(_is_slip_of_address(one, other) for one in left for other in right) else OTHER


def exact(left: Values, right: Values) -> Level:
    """Whether any value is the same."""
    return SAME if set(left) & set(right) else OTHER


def codes(left: Values, right: Values) -> Level:
    """Identity numbers and postcodes: `close` with one slip of the keyboard."""
    return _best(left, right, lambda one, other: CLOSE if _within(one, other, 1) else OTHER)


def days(left: Values, right: Values) -> Level:
    """Days as eight digits: `close` with one slip or day and month swapped, `near` with two or some weeks between.

    `far` is near but for one digit of the year.
    """
    return _best(left, right, _days)


def texts(left: Values, right: Values) -> Level:
    """Towns: `close` with few slips for their length."""
    return _best(left, right, lambda one, other: CLOSE if _is_like(one, other) else OTHER)


def names(left: Values, right: Values) -> Level:
    """People's names as sorted words; `part` where one side says less, `half` where one word of two agrees."""
    return _best(left, right, lambda one, other: _names(one.split(), other.split()))


def wordings(left: Values, right: Values) -> Level:
    """Companies and streets: `part` where one says the beginning of the other or the words overlap."""
    return _best(left, right, _wordings)


COMPARISONS: ByFamily[Callable[[Values, Values], Level]] = ByFamily({
    "tax_id": codes,
    "email": emails,
    "phone": exact,
    "name": names,
    "company": wordings,
    "born": days,
    "postcode": codes,
    "street": wordings,
    "city": texts,
    "domain": exact,
    "own_text": texts,
    "own_choice": exact,
    "own_web": exact,
    "own_number": exact,
})  # fmt: skip


def _best(left: Values, right: Values, compare: Callable[[str, str], Level]) -> Level:
    if not set(left).isdisjoint(right):
        return SAME
    found = {compare(one, other) for one in left for other in right}
    return next((level for level in BEST_FIRST if level in found), OTHER)


def _within(one: str, other: str, slips: int) -> bool:
    return OSA.distance(one, other, score_cutoff=slips) <= slips


def _is_slip_of_address(one: str, other: str) -> bool:
    """Few slips before the `@` for the length of that part; `h.k@` and `f.j@` are two people.

    Of a long address as a whole a few letters may stand elsewhere, where it is not just the domain that is long and
    the same: colleagues share that.
    """
    if (
        not _within(one, other, max(4, max(len(one), len(other)) // 4))
        or is_role_mailbox(one)
        or is_role_mailbox(other)
    ):
        return False
    local, _at, domain = one.partition("@")
    other_local, _at, other_domain = other.partition("@")
    slips = 1 + (min(len(local), len(other_local)) > 6)
    if _within(local, other_local, slips) and _within(domain, other_domain, 2):
        return True
    is_long = domain != other_domain and max(len(one), len(other)) >= LONG_ADDRESS
    return is_long and _have_in_common(one, other, MOST_LETTERS * (len(one) + len(other)) / 2)


def _is_like(one: str, other: str) -> bool:
    """Few slips for the length, or one the beginning of the other."""
    if min(len(one), len(other)) >= 5 and (one.startswith(other) or other.startswith(one)):
        return True
    slips = 1 if min(len(one), len(other)) < 5 else 2 if min(len(one), len(other)) < 9 else 3
    return _within(one, other, slips) or JaroWinkler.similarity(one, other) >= 0.93


def _days(one: str, other: str) -> Level:
    if _within(one, other, 1) or one[:4] + one[6:] + one[4:6] == other:
        return CLOSE
    return "near" if _within(one, other, 2) else _calendar(one, other)


def _calendar(one: str, other: str) -> Level:
    """How far two days lie apart, where their digits say nothing."""
    try:
        between = abs((_day(one) - _day(other)).days)
    except ValueError:  # such as the 30th of February
        return OTHER
    if between <= DAYS_NEAR:
        return "near"
    is_far = any(abs(between - years * DAYS_OF_A_YEAR) <= DAYS_NEAR for years in YEARS_MISTAKEN)
    return "far" if is_far else OTHER


def _day(digits: str) -> date:
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


def _names(one: list[str], other: list[str]) -> Level:
    one, other = sorted((one, other), key=_by_length)
    same = [word for word in one if word in other]
    close = [word for word in one if word not in same and any(_is_word_like(word, each) for each in other)]
    if len(same) + len(close) == len(one):
        whole = len(one) > 1 or len(other) == 1
        return ("part", "partly close")[bool(close)] if not whole else CLOSE if close or len(one) < len(other) else SAME
    if len(one) == 1:
        return OTHER
    return "half" if same or close else CLOSE if _is_like(" ".join(one), " ".join(other)) else OTHER


def _by_length(words: list[str]) -> tuple[int, list[str]]:
    """The shorter first, and one order for two of one length, so that it does not matter who is compared with whom."""
    return len(words), words


@lru_cache(maxsize=65536)
def _is_word_like(one: str, other: str) -> bool:
    """A slip, a short form (`Rob` for `Robert`) or an initial."""
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    if min(len(one), len(other)) >= 3 and (one.startswith(other) or other.startswith(one)):
        return True
    slips = 1 if max(len(one), len(other)) < 6 else 2
    return _within(one, other, slips) or JaroWinkler.similarity(one, other) >= 0.88 or _is_jumbled(one, other)


def _is_jumbled(one: str, other: str) -> bool:
    """The same letters but for one, in another order, as quick fingers write them."""
    longest = max(len(one), len(other))
    return (
        longest - 1 <= min(len(one), len(other)) >= 4
        and _within(one, other, (longest + 1) // 2)
        and _have_in_common(one, other, longest - 1)
    )


def _have_in_common(one: str, other: str, count: float) -> bool:
    """Whether two texts share so many letters, wherever those stand."""
    most = int(len(one) + len(other) - 2 * count)
    return Indel.distance(_letters(one), _letters(other), score_cutoff=most) <= most


@lru_cache(maxsize=65536)
def _letters(text: str) -> str:
    return "".join(sorted(text))


def _wordings(one: str, other: str) -> Level:
    if _is_like(one, other) or one.replace(" ", "") == other.replace(" ", ""):
        return CLOSE
    left, right = sorted((one.split(), other.split()), key=_by_length)
    common = sum(1 for word in left if word in right)
    return "part" if common and common * 2 >= len(left) and any(len(word) > 2 for word in left) else OTHER
