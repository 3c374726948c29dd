"""The pages of migration runs: the list, one run with its figures, and what people say about a figure."""

from implementor.releases.views import figures, files, release_list, runs, wave_release
from implementor.releases.views.release_routing import blueprint as releases_blueprint
from implementor.releases.views.routing import blueprint

blueprints = (blueprint, releases_blueprint)
__all__ = ["blueprint", "blueprints", "figures", "files", "release_list", "runs", "wave_release"]
