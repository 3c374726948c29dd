"""The pages of going live: the run of the night, steps, rehearsals."""

from implementor.cutover.views import deeds, files, records, run
from implementor.cutover.views.routing import blueprint

blueprints = (blueprint,)

__all__ = ["blueprints", "deeds", "files", "records", "run"]
