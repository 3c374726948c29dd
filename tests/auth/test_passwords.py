"""Which passwords are good enough, and what is kept of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from implementor.auth.passwords import MOST_BYTES, hashed, matches, needs_new_hash, surprise, weakness

ABOUT = ("Ana García López", "ana.garcia@acme-widgets.example")


@pytest.mark.parametrize(
    "password",
    [
        "velvet anchor mosaic thirty",
        "kröte brücke nebel fünf",
        "x7#Lq9!vTz2@Wn5",
        "tormenta azul piano 3 sillas",
        "雲海旅人静寂月光水面花鳥風月山川",
        "🎈🦊🍕 sailing quietly past",
        "a" * 20 + " wandering otter sings",
    ],
)
def test_surprising_passwords_are_good_enough(password: str) -> None:
    assert weakness(password, ABOUT) is None


@pytest.mark.parametrize(
    "password",
    [
        "short but odd",
        "passwordpassword",
        "P@ssw0rd!P@ssw0rd!",
        "qwertyuiopasdfghjkl",
        "lkjhgfdsapoiuytrewq",
        "123456789012345678",
        "aaaaaaaaaaaaaaaaaaa",
        "abcabcabcabcabcabc",
        "Summer2026Summer2026",
        "Ana.Garcia.Lopez.1984",
        "acme-widgets-2026!",
        "implementor implementor",
        "contraseña contraseña",
        "correct horse battery staple",
        "                    ",
    ],
)
def test_guessable_passwords_are_refused_with_the_way_out(password: str) -> None:
    reason = weakness(password, ABOUT)
    assert reason is not None
    assert str(reason)


def test_a_second_factor_allows_shorter_ones() -> None:
    assert weakness("vq8!tRz2", has_second_factor=True) is None
    assert weakness("password", has_second_factor=True) is not None


def test_length_is_limited_in_bytes() -> None:
    long_one = "".join(chr(0x4E00 + number) for number in range(MOST_BYTES // 3))
    assert weakness(long_one) is None
    assert weakness(long_one + "語語") is not None
    assert not matches(hashed(long_one), long_one + "語語")


@pytest.mark.parametrize(
    "password", [" ends with blanks  ", "Ünïcödé e\u0301 not composed", "a" * 200, "tab\tand\x00nul"]
)
def test_passwords_are_kept_exactly_as_typed(password: str) -> None:
    kept = hashed(password)
    assert matches(kept, password)
    assert not matches(kept, password.strip() + "x")
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert not needs_new_hash(kept)


def test_nobody_matches_nothing() -> None:
    assert not matches(None, "somebody who does not exist has no password")
    assert not matches("not a hash", "anything")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_measuring_never_fails_and_never_exceeds_the_length(password: str) -> None:
    assert 0 <= surprise(password, ABOUT) <= 4 * len(password)
    weakness(password, ABOUT)
