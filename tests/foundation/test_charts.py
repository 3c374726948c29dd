"""Charts say what they show, link every mark to its records, and let no word of people become markup."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from implementor.foundation.charts import (
    Element,
    Guide,
    Line,
    Mark,
    Plane,
    Words,
    day_ticks,
    line_chart,
    nice_ticks,
    sparkline,
    ticks_between,
)
from implementor.foundation.stencils import Stencil

DAY = date(2026, 3, 2)
SVG = "{http://www.w3.org/2000/svg}"


def words(finding: str = "12 of 34 are done.") -> Words:
    return Words(finding, "The line rises.", date.isoformat, str)


def marks(*values: int, url: str | None = "/day") -> list[Mark]:
    return [Mark(DAY + timedelta(days=place), Decimal(value), f"{value}", url) for place, value in enumerate(values)]


def parsed(element: Element) -> etree._Element:
    return etree.fromstring(str(element))


def test_the_finding_is_the_title_and_the_chart_is_named_by_it() -> None:
    chart = parsed(line_chart("burnup", [Line("Done 12", marks(3, 12))], words()))
    assert chart.findtext("title") == "12 of 34 are done."
    assert chart.get("aria-labelledby") == chart.find("title").get("id") == "burnup_title"  # type: ignore[union-attr]
    assert chart.findtext("desc") == "The line rises."
    assert chart.get("role") == "group", "links in an image would be hidden from assistive tools"


def test_every_mark_with_an_address_is_a_link_that_says_what_it_is() -> None:
    lines = [Line("Scope", marks(8, 8, 9)), Line("Done", marks(1, 2, 3, url=None))]
    links = parsed(line_chart("c", lines, words())).findall("a")
    assert [link.get("href") for link in links] == ["/day"] * 3
    assert [link.get("aria-label") for link in links] == ["8", "8", "9"]


def test_words_of_people_never_become_markup() -> None:
    evil = '"><script>alert(1)</script>&'
    text = str(line_chart("c", [Line(evil, [Mark(DAY, Decimal(1), evil, evil)])], words(evil), [Guide(DAY, evil)]))
    assert "<script" not in text
    chart = parsed(line_chart("c", [Line(evil, [Mark(DAY, Decimal(1), evil, evil)])], words(evil)))
    assert (chart.findtext("title"), chart.find("a").get("href")) == (evil, evil)  # type: ignore[union-attr]


def test_colours_are_literal_and_classes_stand_beside_them() -> None:
    path = parsed(line_chart("c", [Line("Scope", marks(1, 2), 3, "6 4")], words())).find("polyline")
    assert path is not None
    assert (path.get("stroke"), path.get("class"), path.get("stroke-dasharray")) == ("#0f766e", "line-3", "6 4")
    assert "style" not in path.attrib


def test_points_lie_where_their_day_and_value_say() -> None:
    chart = parsed(line_chart("c", [Line("Scope", marks(0, 5, 10))], words()))
    plane = Plane(DAY, DAY + timedelta(days=2), Decimal(10))
    drawn = [tuple(map(float, point.split(","))) for point in str(chart.find("polyline").get("points")).split()]  # type: ignore[union-attr]
    assert drawn[0] == pytest.approx((plane.left, plane.height - plane.below))
    assert drawn[1] == pytest.approx(((plane.left + plane.width - plane.right) / 2, (250 + 22) / 2))
    assert drawn[2] == pytest.approx((plane.width - plane.right, plane.above))


def test_labels_of_lines_that_end_together_do_not_cover_each_other() -> None:
    chart = parsed(line_chart("c", [Line("Scope", marks(8, 8)), Line("Done", marks(1, 8))], words()))
    heights = [float(str(label.get("y"))) for label in chart.iterfind("text[@class='chart-label']")]
    assert abs(heights[0] - heights[1]) >= 15


def test_a_chart_of_one_day_and_of_nothing_is_still_a_chart() -> None:
    chart = parsed(line_chart("c", [Line("Scope", marks(0))], words()))
    assert [text.text for text in chart.iterfind("text") if text.get("text-anchor") == "end"] == ["0", "1"]


@given(st.decimals(min_value=0, max_value=10**7, allow_nan=False, allow_infinity=False, places=2))
def test_ticks_are_few_even_and_reach_the_highest_value(highest: Decimal) -> None:
    ticks = nice_ticks(highest)
    assert ticks[0] == 0
    assert ticks[-1] >= highest
    assert 2 <= len(ticks) <= 6
    assert len({after - before for before, after in pairwise(ticks)}) == 1


@given(st.integers(min_value=0, max_value=2000))
def test_days_on_the_axis_include_both_ends_and_none_twice(span: int) -> None:
    days = day_ticks(DAY, DAY + timedelta(days=span))
    assert (days[0], days[-1]) == (DAY, DAY + timedelta(days=span))
    assert days == sorted(set(days))
    assert len(days) <= 6


@given(st.integers(-10_000, 10_000), st.integers(0, 20_000))
def test_the_axis_holds_values_on_both_sides_of_zero_in_equal_steps(low: int, width: int) -> None:
    ticks = ticks_between(Decimal(low), Decimal(low + width))
    assert ticks[0] <= min(low, 0)
    assert ticks[-1] >= low + width
    assert Decimal(0) in ticks
    assert len({after - before for before, after in pairwise(ticks)}) == 1


def test_a_line_below_zero_stays_inside_the_drawing() -> None:
    drawn = parsed(line_chart("chart", [Line("Profit", marks(-5, 3))], words()))
    downs = [float(mark.get("cy", "0")) for mark in drawn.iter("circle")]
    assert downs
    assert all(Plane.above <= down <= Plane.height - Plane.below for down in downs)


def test_a_sparkline_keeps_to_its_box_and_says_nothing_itself() -> None:
    drawn = parsed(sparkline([Decimal(3), Decimal(3)], aim=Decimal(9)))
    assert drawn.get("aria-hidden") == "true"
    (line,) = drawn.iter("polyline")
    points = [[float(part) for part in point.split(",")] for point in line.get("points", "").split()]
    assert all(0 <= across <= 100 and 0 <= down <= 24 for across, down in points)


def test_a_stencil_draws_what_writing_each_element_draws_and_escapes_what_is_filled_in() -> None:
    stencil = Stencil(Element("a", Element("title", "{told}"), Element("circle", cx="{across}"), href="{url}"))
    for told, across, url in (("<b>{x}&", 12.34, '/a?"b'), ("", -0.01, "/"), ("{told}", 100.0, "{0}")):
        alone = Element("a", Element("title", told), Element("circle", cx=across), href=url)
        drawn = stencil.drawn(told=told, across=across, url=url)
        assert etree.tostring(etree.fromstring(str(drawn))) == etree.tostring(etree.fromstring(str(alone)))
