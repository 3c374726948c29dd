"""Compiles templates for how ours are written: a page writes seven hundred values and calls five hundred things.

Jinja asks of each what would be allowed here and never is: a switch of escaping half-way, functions that want the
context, markup in other shapes. `test_quick_templates` holds templates to that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from functools import partial
from keyword import iskeyword
from typing import Any

from flask.templating import Environment
from jinja2 import Template, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef, optimizeconst
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]  # what `escape` itself calls

marked = partial(str.__new__, Markup)
"""Text that is escaped already, as markup."""


def shown(value: Any) -> str:
    """A value as it is written into a page: what `escape` says, without making markup of what is only joined."""
    kind = type(value)
    if kind is Markup:
        text: str = value
        return text
    if kind is str:
        escaped: str = _escape_inner(value)
        return escaped
    return str(value) if kind is int else escape(value)


class QuickMacro(Macro):
    """A macro that does not fail inside for each argument it was not given."""

    def __call__(self, *given: Any, **named: Any) -> str:
        """As Jinja's own."""
        is_odd = self.explicit_caller or self.catch_varargs or len(given) > self._argument_count
        if is_odd or (given and given[0].__class__ is EvalContext):
            return super().__call__(*given, **named)
        values = [*given, *[named.pop(name, missing) for name in self.arguments[len(given) :]]]
        if self.caller:
            caller = named.pop("caller", None)
            values.append(self._environment.undefined("No caller defined", name="caller") if caller is None else caller)
        if self.catch_kwargs:
            values.append(named)
        elif named:
            return super().__call__(*given, **named)  # which says what is wrong
        text: str = self._func(*values)
        return marked(text) if self._default_autoescape else text


class QuickWriter(CodeGenerator):
    """Writes the Python of a template."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802  # Jinja's name
        """As Jinja's own, with the names that this writer uses."""
        self.writeline(f"from {__name__} import QuickMacro, marked, shown")
        super().visit_Template(node, frame)

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Make a macro."""
        self.write("Quick")
        super().macro_def(macro_ref, frame)

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        """Give what was gathered as text or markup."""
        if force_unescaped or frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super().return_buffer_contents(frame, force_unescaped)
        else:
            self.writeline(f"return marked(concat({frame.buffer}))")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("shown(")

    @optimizeconst
    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802  # Jinja's
        """Call what is called as Python does: nothing here wants the context."""
        if any(iskeyword(each.key) for each in node.kwargs):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for value in (*node.args, *node.kwargs):
            self.visit(value, frame)
            self.write(", ")
        if forward_caller:
            self.write("caller=caller, ")
        for stars, several in (("*", node.dyn_args), ("**", node.dyn_kwargs)):
            if several is not None:
                self.write(stars)
                self.visit(several, frame)
                self.write(", ")
        self.write(")")


class QuickContext(Context):
    """What a template sees. A page includes forty others; Jinja lists the names of all globals for each of them."""

    def __init__(
        self,
        environment: Any,
        parent: dict[str, Any],
        name: str | None,
        blocks: dict[str, Callable[[Context], Iterator[str]]],
        globals: MutableMapping[str, Any] | None = None,
    ) -> None:
        self.parent = parent
        self.vars: dict[str, Any] = {}
        self.environment = environment
        self.eval_ctx = EvalContext(environment, name)
        self.exported_vars: set[str] = set()
        self.name = name
        self.blocks = {key: [block] for key, block in blocks.items()}
        self._globals = globals or {}

    @property
    def globals_keys(self) -> set[str]:  # type: ignore[override]  # which Jinja keeps beforehand
        """The names of the globals, which only imports ask for."""
        return set(self._globals)


class QuickEnvironment(Environment):
    """Flask's, that finds a template by its name alone once it was loaded."""

    context_class = QuickContext
    code_generator_class = QuickWriter

    def __init__(self, app: Any, **options: Any) -> None:
        super().__init__(app, **options)
        self._loaded: dict[str, Template] = {}

    def _load_template(self, name: str, globals: MutableMapping[str, Any] | None) -> Template:
        if self.auto_reload or globals:
            return super()._load_template(name, globals)
        template = self._loaded.get(name)
        if template is None:
            template = self._loaded[name] = super()._load_template(name, globals)
        return template
