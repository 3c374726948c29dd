"""The migrated state every test starts from."""

from datetime import UTC, datetime

from implementor.web.migrate import newest_revision, upgrade_database


def build_schema(url: str) -> None:
    """Bring the empty database at `url` to the newest schema, as a real start does."""
    if newest_revision() is None:
        _create_from_models(url)
    else:
        upgrade_database(url)
    _bring_in(url)


def _bring_in(url: str) -> None:
    """Words and pipelines that the program ships, which a real installation brings in at its first use."""
    from implementor.configuration.first_use import bring_in_shipped
    from implementor.factory import create_app
    from implementor.settings import load_settings
    from implementor.web.database import db, writing_session

    app = create_app(load_settings({"IMPLEMENTOR_DATABASE_URL": url}))
    with writing_session(app) as session:
        bring_in_shipped(session, at=datetime.now(UTC))
        session.commit()
    with app.app_context():
        db.engine.dispose()


def _create_from_models(url: str) -> None:
    from implementor.factory import create_app
    from implementor.settings import load_settings
    from implementor.web.database import create_all, db

    app = create_app(load_settings({"IMPLEMENTOR_DATABASE_URL": url}))
    with app.app_context():
        create_all(db.engine)
        db.engine.dispose()
