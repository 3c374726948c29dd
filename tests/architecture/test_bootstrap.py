"""What a bare machine relies on: settings, locks, verbs and pinned front-end files."""

import ast
import json
import os
import re
import stat
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from implementor.settings import PROJECT_ROOT, SettingsError, load_settings, setting_fields, variable_name
from tools import checks
from tools.demo import setting
from tools.frontend import integrity_of

STANDARD_LIBRARY_ONLY = (
    "start.py", "tools/bootstrap.py", "tools/checks.py", "tools/covered.py", "tools/demo.py", "tools/machine.py",
)  # fmt: skip


def read(path: str) -> str:
    return (PROJECT_ROOT / path).read_text(encoding="utf-8")


# --- settings --------------------------------------------------------------------------------------------------------


def test_without_settings_everything_has_a_value_and_a_source(tmp_path: Path) -> None:
    settings = load_settings({}, tmp_path)
    assert settings.database_url == f"sqlite:///{tmp_path}/var/implementor.sqlite3"
    assert settings.languages == ("en", "es")
    assert settings.sources["secret_key"] == "generated"
    assert {source for name, source in settings.sources.items() if name != "secret_key"} == {"default"}


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("IMPLEMENTOR_LOG=json\nIMPLEMENTOR_THREADS=9\nOTHER=1\n")
    settings = load_settings({"IMPLEMENTOR_THREADS": "3", "PATH": "/bin"}, tmp_path)
    assert (settings.log, settings.sources["log"]) == ("json", ".env")
    assert (settings.threads, settings.sources["threads"]) == (3, "environment")


def test_a_variable_set_to_nothing_counts_as_absent(tmp_path: Path) -> None:
    assert load_settings({"IMPLEMENTOR_LOG": ""}, tmp_path).log == "text"


def test_an_unknown_name_is_refused_with_the_nearest_known_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"IMPLEMENTOR_DATABASE_URI .* Did you mean IMPLEMENTOR_DATABASE_URL"):
        load_settings({"IMPLEMENTOR_DATABASE_URI": "sqlite:////x"}, tmp_path)


@pytest.mark.parametrize(
    ("name", "value", "way_out"),
    [
        ("DATABASE_URL", "mysql://x/y", "sqlite://"),
        ("DATABASE_URL", "sqlite:///var/x.sqlite3", "whole path"),
        ("TIME_ZONE", "Europe/Madrit", "Europe/Madrid"),
        ("LANGUAGES", "english", "two-letter"),
        ("THREADS", "many", "whole number from 1"),
        ("THREADS", "0", "whole number from 1"),
        ("ASSETS", "remote", "auto, cdn, local"),
        ("BASE_URL", "example.org", "https://"),
        ("SMTP_URL", "mail.example.org", "smtp://"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_with_the_way_out(
    tmp_path: Path, name: str, value: str, way_out: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        load_settings({f"IMPLEMENTOR_{name}": value}, tmp_path)
    assert f"IMPLEMENTOR_{name}" in str(refused.value)
    assert way_out in str(refused.value)


def test_neither_refusals_nor_the_settings_themselves_show_secrets(tmp_path: Path) -> None:
    url = "postgresql://ana:very-private@db/implementor"
    settings = load_settings({"IMPLEMENTOR_DATABASE_URL": url}, tmp_path)
    assert settings.database_url == "postgresql+psycopg://ana:very-private@db/implementor"
    assert "very-private" not in repr(settings)
    assert settings.secret_key not in repr(settings)
    with pytest.raises(SettingsError, match="hidden"):
        load_settings({"IMPLEMENTOR_REDIS_URL": "very-private"}, tmp_path)


def test_starts_at_the_same_time_agree_on_one_private_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: load_settings({}, tmp_path).secret_key, range(8)))
    assert len(keys) == 1
    assert [file.name for file in (tmp_path / "var").iterdir()] == ["secret_key"]
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "var" / "secret_key").stat().st_mode) == 0o600


def test_every_setting_is_documented_for_operators() -> None:
    text = read("docs/operations.md")
    assert [field.name for field in setting_fields() if f"`{variable_name(field.name)}`" not in text] == []
    known = {variable_name(field.name) for field in setting_fields()}
    assert set(re.findall(r"IMPLEMENTOR_[A-Z_]*[A-Z]", text)) <= known


def test_the_starter_reads_a_setting_like_the_application(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.demo.ROOT", tmp_path)
    monkeypatch.delenv("IMPLEMENTOR_LOG", raising=False)
    (tmp_path / ".env").write_text('IMPLEMENTOR_LOG="json" # for the collector\n')
    assert setting("IMPLEMENTOR_LOG", "text") == load_settings({}, tmp_path).log == "json"


# --- starting on a bare machine --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["run", "dev", "uv", "node"])
def test_locks_hold_hashes_and_no_addresses(name: str) -> None:
    text = read(f"requirements/{name}.lock")
    assert "http" not in text
    for requirement in re.split(r"\n(?=[a-z0-9])", text):
        assert "--hash=sha256:" in requirement, requirement


def test_what_tests_need_includes_exactly_what_runs() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^[a-z0-9][^\\]+==[^ ]+", read(f"requirements/{name}.lock"), re.MULTILINE))

    assert pins("run") <= pins("dev")


def test_each_make_target_is_one_line_that_calls_its_verb() -> None:
    targets = dict(re.findall(r"^(\w+):.*?##.*\n\t(.*)\n", read("Makefile") + "\n", re.MULTILINE))
    assert targets == {verb: f"@$(PYTHON) start.py {verb}" for verb in targets}
    verbs = ast.literal_eval(re.sub(r": \w+", ": 0", re.findall(r"= (\{\n.*?\n\})", read("start.py"), re.DOTALL)[0]))
    assert set(targets) == set(verbs)


@pytest.mark.parametrize("path", STANDARD_LIBRARY_ONLY)
def test_what_runs_before_the_packages_needs_none(path: str) -> None:
    ours = {"tools"}
    assert {name for name in imported(path) if name not in sys.stdlib_module_names} <= ours


def imported(path: str) -> Iterator[str]:
    """First names of everything a file imports."""
    for node in ast.walk(ast.parse(read(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0]


# --- front-end files -----------------------------------------------------------------------------------


def test_pinned_files_are_of_the_locked_versions_and_lie_here_unchanged() -> None:
    locked = json.loads(read("package-lock.json"))["packages"]
    for row in json.loads(read("frontend.json")):
        assert locked[f"node_modules/{row['package']}"]["version"] == row["version"]
        served = PROJECT_ROOT / "static" / "vendor" / Path(row["path"]).name
        assert integrity_of(served.read_bytes()) == row["integrity"]


def test_an_audit_that_could_not_ask_says_so_and_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = tmp_path / "one.lock"
    lock.write_text(f"no-such-package-of-ours==1.0 --hash=sha256:{'0' * 64}\n")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    assert not checks.audit(lock)
    said = capsys.readouterr().out
    assert "could not ask about every package" in said
    assert "127.0.0.1" in said
    assert "Run it where https://pypi.org answers" in said


def test_an_audit_names_each_flaw_that_is_known() -> None:
    sound = {"name": "idna", "version": "3.10", "vulns": []}
    weak = {"name": "old", "version": "1.0", "vulns": [{"id": "PYSEC-1"}, {"id": "PYSEC-2"}]}
    assert checks.flaws_of([sound]) == []
    assert checks.flaws_of([sound, weak]) == ["old 1.0: PYSEC-1", "old 1.0: PYSEC-2"]


def test_an_audit_of_the_front_end_names_packages_or_why_it_could_not_ask() -> None:
    refused = {"message": "405 Method Not Allowed - POST https://registry.npmjs.org/-/npm/v1/security/advisories/bulk"}
    weak = {"vulnerabilities": {"old": {"severity": "high", "via": ["newer"]}}}
    assert checks.frontend_flaws(json.dumps({"vulnerabilities": {}})) == []
    assert checks.frontend_flaws(json.dumps(weak)) == ["old: high"]
    assert checks.frontend_flaws(json.dumps(refused)) == refused["message"]
    assert checks.frontend_flaws("") == "npm said nothing."


def test_an_audit_asks_about_everything_locked_and_passes_over_nothing() -> None:
    assert {"--strict", "--require-hashes"} <= set(checks.AUDIT)
    assert checks.LOCKED == "requirements/dev.lock"
