"""What a worker does for consolidated packs: makes the files of one, each stored as soon as it is there."""

from __future__ import annotations

import hashlib

from sqlalchemy.orm import undefer

from implementor.foundation.words import say
from implementor.jobs.context import JobContext
from implementor.jobs.tasks import Result, task
from implementor.portfolio import pack_queries as queries
from implementor.portfolio.models import ConsolidatedFile, ConsolidatedPack
from implementor.portfolio.pack_files import MAKERS


@task("portfolio.build_pack")
def build_pack(job: JobContext, *, pack_id: int, url: str) -> Result:
    """Make the files that are not there; a second attempt goes on where the first one ended."""
    with job.reading() as session:
        content = session.get_one(ConsolidatedPack, pack_id, options=[undefer(ConsolidatedPack.content)]).content
        there = {file.format for file in session.scalars(queries.files_of_pack(pack_id=pack_id))}
    missing = [format for format in MAKERS if format not in there]
    for done, format in enumerate(missing):
        job.progress(done, len(missing), say("Making the %(format)s", format=format.upper()), at_once=True)
        with job.app.app_context():
            data = MAKERS[format](content)
        with job.writing() as session:
            session.get_one(ConsolidatedPack, pack_id, with_for_update=True)  # one after the other
            if format in {file.format for file in session.scalars(queries.files_of_pack(pack_id=pack_id))}:
                continue  # another job was quicker; what it made stays
            session.add(
                ConsolidatedFile(
                    pack_id=pack_id, format=format, data=data, size=len(data), sha256=hashlib.sha256(data).hexdigest(),
                    made_at=job.now(),
                )
            )  # fmt: skip
    job.progress(len(missing), len(missing))
    return {"url": url}
