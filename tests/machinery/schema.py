"""The migrated state every test starts from."""

from implementor.web.migrate import newest_revision, upgrade_database


def build_schema(url: str) -> None:
    """Bring the empty database at `url` to the newest schema, as a real start does."""
    if newest_revision() is None:
        _create_from_models(url)
    else:
        upgrade_database(url)


def _create_from_models(url: str) -> None:
    from implementor.factory import create_app
    from implementor.settings import load_settings
    from implementor.web.database import create_all, db

    app = create_app(load_settings({"IMPLEMENTOR_DATABASE_URL": url}))
    with app.app_context():
        create_all(db.engine)
        db.engine.dispose()
