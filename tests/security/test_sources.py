"""What the code must not do, whoever asks: start a shell, draw secrets by plain chance, hinder passwords."""

import ast

import pytest
from wtforms import PasswordField

from implementor.auth import forms
from implementor.settings import PROJECT_ROOT, setting_fields
from implementor.web.forms import Form
from tests.architecture.sources import Source, sources

STARTS_PROGRAMS = {
    "implementor/duplicates/searching.py": "this very program, with fixed arguments",
    "implementor/planning/asking_solver.py": "the same; it is given numbers alone",
}
PLAIN_CHANCE = ("implementor/demo/", "implementor/waves/forecast.py", "implementor/waves/backtest.py")
"""An invented world, and simulations that are to come out the same again; nothing of them is a secret."""
"""Where `random` may be used: what it draws is no secret."""
SHELLS = {"os.system", "os.popen", "pty.spawn", "commands.getoutput"}
PATTERN_CALLS = {"compile", "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"}
FORMS = [each for each in vars(forms).values() if isinstance(each, type) and issubclass(each, Form)]
FIELDS = [(name, field) for form in FORMS for name, field in vars(form).items() if name in ("password", "present")]


def test_programs_are_started_in_the_named_places_alone_and_never_by_a_shell() -> None:
    ours = sources("implementor")
    assert {one.path for one in ours if "subprocess" in one.imports()} <= set(STARTS_PROGRAMS)
    assert [one.path for one in ours for call in shells_of(one) if call] == []


def shells_of(source: Source) -> list[str]:
    """Calls that hand a line to a shell."""
    return [
        ast.unparse(call)
        for _, call in source.calls()
        if ast.unparse(call.func) in SHELLS
        or any(word.arg == "shell" and ast.unparse(word.value) != "False" for word in call.keywords)
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [("run(a, shell=True)", 1), ("os.system(a)", 1), ("run(a, shell=False)", 0), ("run([a])", 0)],
)
def test_a_shell_would_be_seen(text: str, count: int) -> None:
    assert len(shells_of(Source("try.py", text, ast.parse(text)))) == count


def test_nothing_but_invented_worlds_and_simulations_draws_by_plain_chance() -> None:
    drawing = [one.path for one in sources("implementor") if "random" in one.imports()]
    assert [path for path in drawing if not path.startswith(PLAIN_CHANCE)] == []


def test_no_pattern_is_made_from_what_a_request_says() -> None:
    for one in sources("implementor"):
        for name, call in one.calls():
            if name in PATTERN_CALLS and ast.unparse(call.func).startswith("re.") and call.args:
                assert "request" not in ast.unparse(call.args[0]), f"{one.path}:{call.lineno}"


def test_passwords_are_hidden_and_known_to_managers() -> None:
    assert len(FIELDS) >= 5
    for name, field in FIELDS:
        assert field.field_class is PasswordField, name
        assert field.kwargs["render_kw"]["autocomplete"] in {"current-password", "new-password"}
        assert "maxlength" not in field.kwargs["render_kw"]


def test_no_script_hinders_pasting() -> None:
    for script in (PROJECT_ROOT / "static" / "js").glob("*.js"):
        assert '"paste"' not in script.read_text(encoding="utf-8"), script.name


def test_nothing_is_shipped_with_a_password_or_a_key() -> None:
    secret = [each for each in setting_fields() if each.metadata["secret"]]
    assert {each.name: each.default for each in secret if each.default} == {}
    for one in sources("implementor"):
        for name, call in one.calls():
            if name in ("hashed", "checked_password"):
                assert not any(isinstance(given, ast.Constant) for given in call.args), f"{one.path}:{call.lineno}"


def test_it_is_said_how_soon_what_is_dangerous_is_repaired() -> None:
    told = (PROJECT_ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert "critical within 7 days" in told
    assert "high within 30" in told
