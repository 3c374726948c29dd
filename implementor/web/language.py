"""Which language, zone and number style this reader gets, from their account, their choice or their browser."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, dates, numbers
from flask import Flask, current_app, g, request
from flask import session as browser_session
from markupsafe import Markup

from implementor.foundation.money import show_amount
from implementor.foundation.words import Speech, speak, speech
from implementor.settings import Settings

CATALOGUES = Path(__file__).parent.parent / "translations"
NAMES = {"en": "English", "es": "Español"}
_NOBODY = Speech()
"""One for all, since what is drawn is remembered by its catalogue."""


@cache
def catalogue(language: str) -> NullTranslations:
    """The compiled catalogue of a language; English is the language of the sources."""
    path = CATALOGUES / language / "LC_MESSAGES" / "messages.mo"
    if not path.exists():
        return NullTranslations()
    with path.open("rb") as compiled:
        return GNUTranslations(compiled)


@cache
def speech_of(language: str, zone: str) -> Speech:
    """The speech for a reader of this language in this time zone."""
    return Speech(language, catalogue(language), ZoneInfo(zone))


def settings() -> Settings:
    """The settings of the running application."""
    found: Settings = current_app.extensions["implementor_settings"]
    return found


def choose_speech() -> None:
    """Speak to this request's reader in their language."""
    offered = settings().languages
    person = g.get("actor")
    wanted = person.language if person is not None and person.is_signed_in else browser_session.get("language")
    if wanted not in offered:
        wanted = request.accept_languages.best_match(offered) or offered[0]
    zone = person.time_zone if person is not None and person.is_signed_in else str(settings().time_zone)
    speak(speech_of(wanted, zone))


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language)


def locale() -> Locale:
    """The reader's locale for dates and numbers."""
    return _locale(speech().language)


def show_date(value: date | None, style: str = "medium") -> str:
    """A calendar day in the reader's words."""
    return _day(value.year, value.month, value.day, style, speech().language) if value else ""


@lru_cache(maxsize=4096)
def _day(year: int, month: int, day: int, style: Any, language: str) -> str:
    """Lists show the same days again and again, and formatting one is slow."""
    return dates.format_date(date(year, month, day), style, locale=_locale(language))


@lru_cache(maxsize=1440)
def _clock(hour: int, minute: int, language: str) -> str:
    return dates.format_time(time(hour, minute), "short", locale=_locale(language))


def show_month(value: date) -> str:
    """The month of a day, with its year, in the reader's words."""
    return str(dates.format_skeleton("yMMMM", value, locale=locale()))


def show_short_month(value: date) -> str:
    """The same where room is short."""
    return _short_month(value.year, value.month, speech().language)


@lru_cache(maxsize=1024)
def _short_month(year: int, month: int, language: str) -> str:
    return str(dates.format_skeleton("yyMMM", date(year, month, 1), locale=_locale(language)))


def show_moment(value: datetime | None, style: str = "medium") -> str:
    """A moment in the reader's zone and words."""
    if value is None:
        return ""
    local = value.astimezone(speech().zone)
    return f"{show_date(local, style)} {_clock(local.hour, local.minute, speech().language)}"


def show_clock(value: datetime | None) -> str:
    """The hour of a moment in the reader's zone."""
    if value is None:
        return ""
    local = value.astimezone(speech().zone)
    return _clock(local.hour, local.minute, speech().language)


def show_ago(value: datetime | None) -> str:
    """How long ago a moment was, in rounded words."""
    if value is None:
        return ""
    return dates.format_timedelta(value - datetime.now(UTC), add_direction=True, locale=locale())


def show_number(value: Any) -> str:
    """A number with the reader's separators; no value is no text."""
    return "" if value is None else _number(value, speech().language)


@lru_cache(maxsize=4096)
def _number(value: Any, language: str) -> str:
    """Lists show the same few numbers again and again, and formatting one is slow."""
    if isinstance(value, Decimal):
        value = value.normalize()
    return numbers.format_decimal(value, locale=_locale(language))


def show_money(minor_units: int | None, currency: str) -> str:
    """An amount of minor units with its currency."""
    return "" if minor_units is None else _money(minor_units, currency, speech().language)


_money = lru_cache(maxsize=4096)(show_amount)


def show_percent(ratio: float | None) -> str:
    """A ratio of 0 to 1 as whole per cent."""
    return "" if ratio is None else numbers.format_percent(ratio, locale=locale())


def stop_speaking(_fault: BaseException | None) -> None:
    """Speak to nobody any more: what this thread does next may be for somebody else."""
    speak(_NOBODY)


@lru_cache(maxsize=8192)
def _sentence(message: str, translations: NullTranslations) -> Markup:
    """A sentence without values; as in `gettext` of Jinja, a percent sign is written twice."""
    return Markup(translations.gettext(message)) % {}  # noqa: S704  # written by us, not by people


@lru_cache(maxsize=8192)
def _pattern(message: str, translations: NullTranslations) -> Markup:
    return Markup(translations.gettext(message))  # noqa: S704  # written by us, not by people


def show_sentence(message: str, /, **values: Any) -> Markup:
    """A sentence of a template in the reader's language, its values escaped."""
    if not values:
        return _sentence(message, speech().translations)
    return _pattern(message, speech().translations) % values


def show_counted(one: str, many: str, num: int, /, **values: Any) -> Markup:
    """A sentence that depends on a number, which it may call `num`."""
    text = Markup(speech().translations.ngettext(one, many, num))  # noqa: S704  # written by us, not by people
    return text % {"num": num, **values}


def install(app: Flask) -> None:
    """Give templates gettext and the formats of the reader."""
    app.teardown_request(stop_speaking)
    app.jinja_env.globals.update(_=show_sentence, gettext=show_sentence, ngettext=show_counted)
    app.jinja_env.filters.update(
        date=show_date,
        month=show_month,
        moment=show_moment,
        clock=show_clock,
        ago=show_ago,
        number=show_number,
        money=show_money,
        percent=show_percent,
    )
