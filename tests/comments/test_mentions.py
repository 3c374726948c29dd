"""Names in texts: whom they mean, and what is left alone."""

import pytest

from implementor.comments.mentions import handles_of, marked, people_named

PEOPLE = [(1, "Ana Ruiz"), (2, "Ana María López"), (3, "José Ángel Peña"), (4, "Jon O'Neil"), (5, "Zoë")]
HANDLES = handles_of(PEOPLE)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Ask @Ana Ruiz.", [1]),
        ("@ana maria lopez, @JOSE ANGEL PENA", [2, 3]),
        ("@José looks at it with @Zoë's list", [3]),
        ("@Jon O'Neil's turn", [4]),
        ("@Ana is two people", []),
        ("write to zoe@zoë.example or ana@Zoë", []),
        ("`@Zoë` and ```\n@Zoë\n``` are code", []),
        ("@Zoë @Zoë", [5]),
        ("@@Zoë", []),
        ("@", []),
        ("@Nobody Here", []),
    ],
)
def test_a_name_after_an_at_sign_names_its_person(text: str, named: list[int]) -> None:
    assert people_named(text, HANDLES) == named


def test_names_are_set_off_and_the_rest_is_kept() -> None:
    assert marked("Ask @Zoë, then `@Zoë`.", HANDLES) == "Ask <strong>@Zoë</strong>, then `@Zoë`."


def test_a_name_with_markup_stays_text() -> None:
    assert marked("@O'<b>", handles_of([(9, "O'")])) == "<strong>@O&#x27;</strong><b>"


def test_a_wall_of_at_signs_is_read_quickly() -> None:
    assert people_named("@ana " * 4000 + "@Zoë", HANDLES) == [5]
