"""The kinds of setting that stories carry and releases apply, each over the services of the configuration."""
