"""The one typed description of how this installation is set up, read once at the start from environment and `.env`."""

import contextlib
import dataclasses
import difflib
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from dotenv import dotenv_values

PREFIX = "IMPLEMENTOR_"
PROJECT_ROOT = Path(__file__).resolve().parent.parent
DATABASE_SCHEMES = ("sqlite", "postgresql", "postgresql+psycopg")


class SettingsError(Exception):
    """A setting cannot be used; the text names the variable, its value and the way out."""


# --- from text to value: each parser returns the value or raises ValueError with the way out ------------------------


def _text(raw: str) -> str:
    return raw


def _address(*schemes: str) -> Callable[[str], str]:
    def parse(raw: str) -> str:
        if urlsplit(raw).scheme not in schemes:
            raise ValueError(f"use an address that starts with {' or '.join(f'{scheme}://' for scheme in schemes)}")
        return raw

    return parse


def _base_address(raw: str) -> str:
    return _address("http", "https")(raw).rstrip("/")


def _database(raw: str) -> str:
    _address(*DATABASE_SCHEMES)(raw)
    if raw.startswith("sqlite:") and not raw.startswith("sqlite:////") and "\\" not in raw and ":/" not in raw[10:]:
        raise ValueError("write the whole path of the file, as in sqlite:////srv/implementor/implementor.sqlite3")
    # the driver of this program is psycopg 3; people and hosting services write the short form
    return raw.replace("postgresql://", "postgresql+psycopg://", 1)


def _one_of(*words: str) -> Callable[[str], str]:
    def parse(raw: str) -> str:
        if raw.lower() not in words:
            raise ValueError(f"use one of {', '.join(words)}")
        return raw.lower()

    return parse


def _whole_number(low: int, high: int) -> Callable[[str], int]:
    def parse(raw: str) -> int:
        if not raw.isascii() or not raw.isdigit() or not low <= int(raw) <= high:
            raise ValueError(f"use a whole number from {low} to {high}")
        return int(raw)

    return parse


def _languages(raw: str) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(code.strip().lower() for code in raw.split(",") if code.strip()))
    if not codes or not all(code.isalpha() and len(code) == 2 for code in codes):
        raise ValueError("use two-letter language codes with commas, as in en,es")
    return codes


def _time_zone(raw: str) -> ZoneInfo:
    if raw not in available_timezones():
        near = difflib.get_close_matches(raw, available_timezones(), n=1, cutoff=0.5)
        raise ValueError(f"use a name such as {near[0] if near else 'Europe/Madrid'}")
    return ZoneInfo(raw)


def _setting(doc: str, parse: Callable[[str], object] = _text, default: object = "", *, secret: bool = False) -> Any:
    # secrets stay out of repr, so that a logged settings object gives nothing away
    return field(default=default, repr=not secret, metadata={"doc": doc, "parse": parse, "secret": secret})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Every setting, parsed. The variable of `base_url` is `IMPLEMENTOR_BASE_URL`; empty text means "not used"."""

    database_url: str = _setting(
        "Database: sqlite:////whole/path or postgresql://user:password@host/name; by default SQLite in var/.",
        _database,
        secret=True,
    )
    demo_database_url: str = _setting("Database of `make run`, filled with the demo world.", _database, secret=True)
    redis_url: str = _setting(
        "Redis or Valkey for the job queue beyond one machine; empty: jobs wait in the embedded queue.",
        _address("redis", "rediss", "unix"),
        secret=True,
    )
    secret_key: str = _setting("Key that signs cookies and forms; by default made once in var/secret_key.", secret=True)
    base_url: str = _setting("Address people type, used in mails and for trusted hosts.", _base_address)
    assets: str = _setting(
        "Where htmx and SortableJS come from: cdn, local, or auto (local when complete, else cdn).",
        _one_of("auto", "cdn", "local"),
        "auto",
    )
    smtp_url: str = _setting(
        "Mail server, smtp://user:password@host:587 or smtps://host; empty: mails are kept in the outbox.",
        _address("smtp", "smtps"),
        secret=True,
    )
    company: str = _setting("Name of your company, as it stands on quotes.")
    mail_from: str = _setting("Sender of the mails.", default="Implementor <implementor@localhost>")
    oidc_issuer: str = _setting("Address of the OpenID Connect provider; empty: no single sign-on.", _base_address)
    oidc_client_id: str = _setting("Name of this program at the OpenID Connect provider.")
    oidc_client_secret: str = _setting("Secret of this program at the OpenID Connect provider.", secret=True)
    oidc_name: str = _setting("What the single sign-on button calls the provider.", default="single sign-on")
    languages: tuple[str, ...] = _setting("Languages on offer, the first is the default.", _languages, ("en", "es"))
    time_zone: ZoneInfo = _setting("Time zone of people who have not chosen one.", _time_zone, ZoneInfo("UTC"))
    log: str = _setting("Form of the log lines: text or json.", _one_of("json", "text"), "text")
    metrics_token: str = _setting("Bearer token that may read /metrics; empty: nobody may.", secret=True)
    trusted_proxies: int = _setting(
        "Number of proxies in front whose X-Forwarded-* headers are believed.", _whole_number(0, 9), 0
    )
    max_upload_mb: int = _setting("Largest upload, in megabytes.", _whole_number(1, 10_000), 200)
    processes: int = _setting("Working processes of the web server.", _whole_number(1, 64), 2)
    threads: int = _setting("Threads of each working process of the web server.", _whole_number(1, 256), 2)
    var_dir: Path = _setting("Folder for the embedded database, the secret key and files.", Path)
    test_postgres_url: str = _setting(
        "PostgreSQL server for the tests; empty: the embedded one.", _database, secret=True
    )
    test_redis_url: str = _setting("Redis or Valkey for the tests.", _address("redis", "rediss", "unix"), secret=True)
    sources: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    """Where each field's value comes from: "environment", ".env", "default" or "generated"."""

    def replace(self, **changes: Any) -> "Settings":
        """The same settings with some fields changed (typed values, no parsing), as tests and commands need it."""
        sources = {**self.sources, **dict.fromkeys(changes, "replaced")}
        return dataclasses.replace(self, **changes, sources=MappingProxyType(sources))


def setting_fields() -> list["dataclasses.Field[Any]"]:
    """The fields that are settings, in the order of the documentation; `metadata` holds doc, parse and secret."""
    return [each for each in dataclasses.fields(Settings) if "doc" in each.metadata]


def variable_name(field_name: str) -> str:
    """The environment variable of a field."""
    return PREFIX + field_name.upper()


def load_settings(environ: Mapping[str, str] | None = None, root: Path | None = None) -> Settings:
    """Read, parse and complete the settings; the environment wins over `root/.env`.

    Writes `var/secret_key` when no key is given and none was made before. Raises SettingsError.
    """
    root = root or PROJECT_ROOT
    found = _collect(os.environ if environ is None else environ, root / ".env")
    values: dict[str, object] = {}
    sources = dict.fromkeys((each.name for each in setting_fields()), "default")
    for each in setting_fields():
        if variable_name(each.name) in found:
            raw, sources[each.name] = found[variable_name(each.name)]
            values[each.name] = _parsed(each, raw)
    var = Path(str(values.get("var_dir", "var")))
    values["var_dir"] = var = var if var.is_absolute() else root / var
    values.setdefault("database_url", f"sqlite:///{(var / 'implementor.sqlite3').as_posix()}")
    values.setdefault("demo_database_url", f"sqlite:///{(var / 'demo.sqlite3').as_posix()}")
    if "secret_key" not in values:
        values["secret_key"], sources["secret_key"] = _kept_secret_key(var / "secret_key"), "generated"
    return Settings(**values, sources=MappingProxyType(sources))  # type: ignore[arg-type]  # parsed per field above


def _collect(environ: Mapping[str, str], env_file: Path) -> dict[str, tuple[str, str]]:
    """Variable -> (raw text, source); variables set to nothing count as absent, unknown names are refused."""
    known = {variable_name(each.name) for each in setting_fields()}
    found: dict[str, tuple[str, str]] = {}
    for source, pairs in ((".env", dotenv_values(env_file)), ("environment", environ)):
        for name, raw in pairs.items():
            if not name.startswith(PREFIX):
                continue
            if name not in known:
                raise SettingsError(_unknown(name, source, known))
            if raw:
                found[name] = (raw.strip(), source)
    return found


def _unknown(name: str, source: str, known: set[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    way_out = f"Did you mean {near[0]}?" if near else "`implementor config` lists the known names."
    return f"{name} (from {source}) is not a setting. {way_out}"


def _parsed(each: "dataclasses.Field[Any]", raw: str) -> object:
    try:
        return each.metadata["parse"](raw)
    except ValueError as problem:
        shown = "(hidden)" if each.metadata["secret"] else repr(raw)
        raise SettingsError(f"{variable_name(each.name)} is {shown}: {problem}.") from problem


def _kept_secret_key(path: Path) -> str:
    """The key made at the first start; linking a finished file lets only one of two simultaneous starts make it."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):  # the other start was first: its key is the key
            os.link(draft, path)
        draft.unlink()
    key = path.read_text(encoding="ascii").strip()
    if len(key) < 32:
        raise SettingsError(f"{path} holds no usable key: delete it and start again.")
    return key
