"""Putting the application together: the one module that knows every feature and is known by none."""

from __future__ import annotations

import logging
from importlib import import_module, util
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from implementor.settings import Settings, load_settings
from implementor.web import (
    addresses,
    assets,
    database,
    errors,
    guard,
    headers,
    help,
    idempotency,
    language,
    observability,
    seals,
    styleguide,
    templating,
    unit_of_work,
)

ROOT = Path(__file__).resolve().parent.parent

FEATURES = (
    "auth",
    "history",
    "jobs",
    "notifications",
    "calendars",
    "configuration",
    "lists",
    "automation",
    "comments",
    "exchange",
    "duplicates",
    "projects",
    "governance",
    "metrics",
    "reports",
    "stages",
    "stories",
    "discovery",
    "waves",
    "planning",
    "audiences",
    "releases",
    "cutover",
    "training",
    "surveys",
    "support",
    "finance",
    "committees",
    "crm.records",
    "crm.products",
    "crm.accounts",
    "crm.contacts",
    "crm.consents",
    "crm.interactions",
    "crm.commitments",
    "crm.opportunities",
    "crm.cases",
    "crm.orders",
    "crm.quotes",
    "crm.leads",
    "crm.campaigns",
    "crm.activity",
    "crm.measures",
    "crm.automation",
    "retrospectives",
    "adoption",
    "incentives",
    "market",
    "status",
    "search",
    "home",
    "portfolio",
    "demo",
)
"""Packages in the order of the floors, lowest first; listeners run in this order."""


def create_app(settings: Settings | None = None) -> Flask:
    """The application for these settings; refuses to start when a route names no permission."""
    settings = settings or load_settings()
    app = addresses.Application(
        "implementor", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static")
    )
    configure(app, settings)
    database.install(app, settings)
    install_glue(app, settings)
    load_models()
    for feature in FEATURES:
        mount(app, feature)
    guard.verify(app)
    return app


def configure(app: Flask, settings: Settings) -> None:
    """Flask's own settings, from ours."""
    secure = settings.base_url.startswith("https://")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-implementor" if secure else "implementor",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=settings.max_upload_mb * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=4 * 1024 * 1024,
        TRUSTED_HOSTS=[urlsplit(settings.base_url).hostname] if settings.base_url else None,
    )
    app.extensions["implementor_settings"] = settings
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    observability.set_up_logging(settings)
    logging.getLogger("alembic").setLevel(logging.WARNING)


def install_glue(app: Flask, settings: Settings) -> None:
    """The web floor. Steps before a request run in this order, steps after it in the opposite one."""
    addresses.install(app)
    observability.install(app)
    headers.install(app)
    unit_of_work.install(app)
    idempotency.install(app)
    seals.install(app)
    CSRFProtect(app)
    guard.install(app)
    app.before_request(language.choose_speech)
    errors.install(app)
    language.install(app)
    assets.install(app, settings)
    templating.install(app)
    styleguide.install(app)
    help.install(app)


def mount(app: Flask, feature: str) -> None:
    """Add one feature: what it contributes, what it listens to, its pages and its commands."""
    if util.find_spec(f"implementor.{feature}") is None:
        return
    contributions = part(feature, "contributions")
    if contributions is not None:
        contributions.contribute(app)
    part(feature, "listeners")
    views = part(feature, "views")
    if views is not None:
        for blueprint in getattr(views, "blueprints", None) or (views.blueprint,):
            app.register_blueprint(blueprint)
    commands = part(feature, "cli")
    if commands is not None:
        commands.mount(app.cli)


def part(feature: str, name: str) -> ModuleType | None:
    """A module of a feature, or None where the feature has none of that name."""
    full_name = f"implementor.{feature}.{name}"
    found = util.find_spec(full_name)
    return import_module(full_name) if found is not None and found.origin else None


def load_models() -> None:
    """Import every table, so that metadata is whole."""
    import_module("implementor.web.models")
    for feature in FEATURES:
        if util.find_spec(f"implementor.{feature}") is not None:
            part(feature, "models")
