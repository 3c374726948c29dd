"""Opens any file a person brings and streams it as rows under named columns."""
