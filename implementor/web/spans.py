"""The days that a page of figures is asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import request

from implementor.foundation.local_days import likely_day
from implementor.web.unit_of_work import today


def span_asked(usual_first: Callable[[date], date]) -> tuple[date, date]:
    """First and last day that `from` and `to` of the address name, in order.

    What they do not name is today and, before the last day, `usual_first` of it.
    """
    last = likely_day(request.args.get("to")) or today()
    first = likely_day(request.args.get("from")) or usual_first(last)
    return min(first, last), max(first, last)
