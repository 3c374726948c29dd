"""Precision and recall against files whose truth is known; the printed figures are the ones we report."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest

from implementor.duplicates.portraits import Portrait
from implementor.duplicates.scoring import score_of
from tests.duplicates.real_truth import (
    Pairs,
    found_in,
    grouped,
    measured,
    people_of_fake_1000,
    people_of_febrl,
    restaurants,
    rows_of,
)

People = Callable[[], tuple[list[Portrait], Pairs]]


@pytest.mark.parametrize(
    "people",
    [lambda: people_of_febrl("dataset1.csv"), lambda: people_of_febrl("dataset3.csv"), people_of_fake_1000],
    ids=["febrl_1", "febrl_3", "fake_1000"],
)
def test_people_are_found_with_precision_and_recall(people: People) -> None:
    portraits, truth = people()

    pairs = found_in(portraits)
    precision, recall = measured(pairs, truth)
    assert precision >= 0.99
    assert recall >= 0.92
    joined, reached = measured(grouped(pairs), truth)
    assert joined >= 0.97
    assert reached >= 0.98


def test_companies_are_found_across_two_guides() -> None:
    portraits, truth, first = restaurants()

    between = {pair for pair in found_in(portraits) if pair[0] < first <= pair[1]}
    precision, recall = measured(between, truth)
    assert precision >= 0.95
    assert recall >= 0.97


def test_both_halves_of_a_file_are_found_alike() -> None:
    """Points that fit one file alone would show where the half that was not looked at is measured apart."""
    portraits, truth = people_of_fake_1000()
    clusters = [int(row["cluster"]) for row in rows_of("people-dedupe/fake_1000.csv")]
    pairs = found_in(portraits)

    for half in (0, 1):
        own = {pair for pair in truth if clusters[pair[0]] % 2 == half}
        precision, recall = measured({pair for pair in pairs if clusters[pair[0]] % 2 == half}, own)
        assert precision >= 0.98
        assert recall >= 0.90


def test_the_answer_does_not_depend_on_who_is_compared_with_whom() -> None:
    portraits, _truth = people_of_fake_1000()
    sample = portraits[::25]

    assert all(score_of(one, other) == score_of(other, one) for one, other in product(sample, sample))
