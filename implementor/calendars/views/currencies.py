"""The base currency and the exchange rates of the others."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.calendars import queries
from implementor.calendars.forms import BaseCurrencyForm, RateForm, RateTableForm
from implementor.calendars.models import CurrencyRate
from implementor.calendars.permissions import MANAGE_CURRENCIES
from implementor.calendars.services import rates
from implementor.calendars.views.blueprint import blueprint
from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.money import currency_choices, currency_codes, currency_name, decimal_mark
from implementor.foundation.pages import SortKey, page_of
from implementor.foundation.words import say, say_n, speech
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

ON_A_PAGE = 50
Forms = tuple[BaseCurrencyForm, RateForm, RateTableForm]


@blueprint.get("/settings/currencies")
@allow(MANAGE_CURRENCIES)
def list_rates() -> ResponseReturnValue:
    """What every currency is worth today, with forms for the base currency and for rates."""
    return _index(_forms())


@blueprint.post("/settings/currencies")
@allow(MANAGE_CURRENCIES)
def add_rate() -> ResponseReturnValue:
    """Enter one rate."""
    form = RateForm().offer(currency_choices(speech().language), rates.base_currency(session()))
    if not form.validate():
        return _refused(form)
    try:
        kept = form.quotation(speech().language)
        rates.enter_rate(
            session(), currency=kept.currency, rated_on=kept.rated_on, rate=kept.rate, by=actor(), at=now()
        )
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _refused(form)
    tell_done(say("The exchange rate of %(currency)s is kept.", currency=kept.currency))
    return redirect(url_for("calendars.list_rates"), 303)


@blueprint.post("/settings/currencies/table")
@allow(MANAGE_CURRENCIES)
def add_rates() -> ResponseReturnValue:
    """Enter the rates of a pasted table, all of them or none."""
    base = rates.base_currency(session())
    form = RateTableForm().offer(base)
    if not form.validate():
        return _refused(form)
    try:
        count = rates.enter_rates(session(), form.quotations(base, speech().language), by=actor(), at=now())
    except InvalidInput as invalid:
        form.refuse(InvalidInput({"table": invalid.reason}))
        return _refused(form)
    tell_done(
        say_n("%(count)s exchange rate is new or changed.", "%(count)s exchange rates are new or changed.", count)
    )
    return redirect(url_for("calendars.list_rates"), 303)


@blueprint.post("/settings/currencies/base")
@allow(MANAGE_CURRENCIES)
def choose_base() -> ResponseReturnValue:
    """Choose the currency of totals."""
    form = BaseCurrencyForm().offer(currency_choices(speech().language))
    if not form.validate():
        return _refused(form)
    rates.choose_base_currency(session(), form.base.data, by=actor(), at=now())
    tell_done(say("The base currency is %(currency)s.", currency=form.base.data))
    return redirect(url_for("calendars.list_rates"), 303)


@blueprint.get("/settings/currencies/<currency>")
@allow(MANAGE_CURRENCIES)
def show_currency(currency: str) -> ResponseReturnValue:
    """Every rate of a currency against the base currency, newest first."""
    if currency not in currency_codes():
        raise NotFound
    base = rates.base_currency(session())
    page = page_of(
        session(),
        queries.rates_of_currency(currency=currency, base=base),
        order_by=[SortKey(CurrencyRate.rated_on.expression, descending=True)],
        limit=ON_A_PAGE,
        after=request.args.get("after"),
        before=request.args.get("before"),
    )
    here = partial(url_for, "calendars.show_currency", currency=currency)
    return draw(
        "calendars/currencies/show.html",
        currency=currency, base=base, name=currency_name(currency, speech().language), rates=page.rows,
        shown=_shown,
        next_url=page.next and here(after=page.next),
        previous_url=page.previous and here(before=page.previous),
    )  # fmt: skip


def _forms() -> Forms:
    return BaseCurrencyForm(formdata=None), RateForm(formdata=None), RateTableForm(formdata=None)


def _refused(form: BaseCurrencyForm | RateForm | RateTableForm) -> Response:
    """The page again with what was typed in one of its forms."""
    chosen, rate, table = (form if isinstance(form, type(empty)) else empty for empty in _forms())
    assert isinstance(chosen, BaseCurrencyForm)
    assert isinstance(rate, RateForm)
    assert isinstance(table, RateTableForm)
    return _index((chosen, rate, table), 422, refused=form)


def _index(
    forms: Forms, status: int = 200, refused: BaseCurrencyForm | RateForm | RateTableForm | None = None
) -> Response:
    base, choices = rates.base_currency(session()), currency_choices(speech().language)
    chosen, rate, table = forms
    if refused is not chosen:
        chosen.base.data = base
    if refused is not rate:
        rate.rated_on.data = now().date()
    return draw(
        "calendars/currencies/index.html", status,
        base=base, base_name=currency_name(base, speech().language), refused=refused, shown=_shown,
        name_of=partial(currency_name, language=speech().language),
        rates=session().scalars(queries.newest_rates(base=base, day=now().date())).all(),
        base_form=chosen.offer(choices), rate_form=rate.offer(choices, base), table_form=table.offer(base),
    )  # fmt: skip


def _shown(rate: Decimal) -> str:
    """A rate with all its decimals, in the reader's writing."""
    return f"{rate.normalize():f}".replace(".", decimal_mark(speech().language))
