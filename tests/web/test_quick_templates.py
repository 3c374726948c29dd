"""Templates compiled our way draw what Jinja itself would draw, and nothing that pages call wants the context."""

from typing import Any

import pytest
from flask import Flask
from jinja2 import Environment, StrictUndefined, UndefinedError
from markupsafe import Markup, escape

from implementor.foundation.words import say
from implementor.web.quick_templates import QuickMacro, QuickWriter, shown


class Drawn:
    """A thing that draws itself."""

    def __html__(self) -> str:
        return "<b>&amp;</b>"


class Word(str):
    """Text of a kind of its own, which is no markup."""


VALUES = (
    "plain",
    "<b>&\"'",
    Markup("<b>&amp;</b>"),
    7,
    True,
    None,
    1.5,
    Drawn(),
    Word("<i>"),
    say("A <b> & c"),
    [1, "<"],
)
SOURCE = """
{%- macro mark(text, tone="neutral", icon=None) %}<i class="{{ tone }}">{{ icon }}{{ text }}</i>{% endmacro -%}
{%- macro card(title, level=2) %}<h{{ level }}>{{ title }}</h{{ level }}>{{ caller() }}{% endmacro -%}
{%- macro open() %}{{ kwargs.items() | list }}{{ varargs }}{% endmacro -%}
{%- macro framed() %}[{{ caller("<x>") }}]{% endmacro -%}
{% block body %}
{%- for one in values %}{{ one }}|{{ mark(one) }}|{{ mark(one, icon="<") }}|{{ mark(tone="x", text=one) }}|
{{ loop.index }}
{%- endfor %}
{% call card("<T>", level=3) %}in {{ mark(values[1]) }}{% endcall %}
{% call(word) framed() %}{{ word }}{{ mark(word, **{"tone": "t"}) }}{% endcall %}
{{ open(1, "<", a="<") }}{{ mark(*["a", "b"]) }}{{ "%s" | format(mark("<")) }}{{ mark("<") ~ "<" }}
{% set kept %}{{ mark("<") }}<{% endset %}{{ kept }}{{ told(**{"class": "<"}) }}{{ told(class="<") }}
{% filter upper %}{{ mark("<") }}{% endfilter %}
{% endblock %}"""


def drawn(environment: Environment) -> str:
    environment.globals["told"] = lambda **named: f"{named}"
    return environment.from_string(SOURCE).render(values=VALUES)


def quick() -> Environment:
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    environment.code_generator_class = QuickWriter
    return environment


def test_what_is_drawn_is_what_jinja_would_draw() -> None:
    assert drawn(quick()) == drawn(Environment(autoescape=True, undefined=StrictUndefined))
    assert [shown(value) for value in VALUES] == [str(escape(value)) for value in VALUES]


def test_a_macro_gives_markup_and_says_what_is_wrong() -> None:
    module: Any = quick().from_string(SOURCE.partition("{% block")[0]).module
    assert isinstance(module.mark, QuickMacro)
    assert isinstance(module.mark("<"), Markup)
    for given, named in (
        (("a", "b", "c", "d"), {}),
        (("a",), {"text": "b"}),
        ((), {"strange": 1}),
        ((), {"caller": 1}),
    ):
        with pytest.raises(TypeError):
            module.mark(*given, **named)
    with pytest.raises(UndefinedError):
        module.mark()
    with pytest.raises(UndefinedError):
        module.card("title")


def test_nothing_that_pages_can_call_wants_the_context(app: Flask) -> None:
    with app.test_request_context():
        wanting = {name for name, value in app.jinja_env.globals.items() if hasattr(value, "jinja_pass_arg")}
    assert wanting == set()
    assert app.jinja_env.code_generator_class is QuickWriter
