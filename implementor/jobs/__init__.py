"""Work that outlasts a request: kept as rows, done by a worker process, watched on a page."""
