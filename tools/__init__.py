"""Programs that build what is built: front-end files, translations."""
