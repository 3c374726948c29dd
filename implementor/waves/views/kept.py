"""The chart of a backtest: stated chances across, observed ones up; on the dashed line both are the same."""

from __future__ import annotations

from decimal import Decimal

from implementor.foundation.charts import EDGE, FONT, SERIES, Element, chart_text
from implementor.foundation.words import say
from implementor.waves.backtest import Coverage
from implementor.web.language import show_number

WIDTH, HEIGHT, LEFT, FOOT, TOP = 640, 280, 44, 250, 14
LABELLED = (0, 50, 100)


def kept_chart(kept: Coverage, name: str = "kept") -> Element:
    """A dot for each stated chance; `name` is the id of the picture."""
    title = say("Stated chances against observed ones over %(count)s forecasts.", count=kept.count)
    return Element(
        "svg",
        Element("title", str(title), id=f"{name}_title"),
        _line(0, 0, 100, 100, dashes="6 4"),
        _line(0, 0, 100, 0),
        _line(0, 0, 0, 100),
        *(chart_text(f"{share} %", _x(share), FOOT + 18, anchor="middle") for share in LABELLED),
        *(chart_text(f"{share} %", LEFT - 8, _y(share) + 4, anchor="end") for share in LABELLED[1:]),
        *(_dot(share, observed) for share, observed in kept.kept.items()),
        role="img",
        class_="chart",
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        font_family=FONT,
        aria_labelledby=f"{name}_title",
        id=name,
    )


def _x(share: float) -> float:
    return LEFT + share / 100 * (FOOT - TOP)


def _y(share: float) -> float:
    return FOOT - share / 100 * (FOOT - TOP)


def _line(from_x: float, from_y: float, to_x: float, to_y: float, dashes: str | None = None) -> Element:
    return Element("line", x1=_x(from_x), y1=_y(from_y), x2=_x(to_x), y2=_y(to_y), stroke=EDGE, stroke_dasharray=dashes,
                   class_="chart-axis")  # fmt: skip


def _dot(share: int, observed: float) -> Element:
    said = say(
        "Stated %(stated)s %%, observed %(observed)s %%",
        stated=share,
        observed=show_number(round(Decimal(observed), 1)),
    )
    return Element("circle", Element("title", str(said)), cx=_x(share), cy=_y(observed), r=5, fill=SERIES[1],
                   class_="mark area-1")  # fmt: skip
