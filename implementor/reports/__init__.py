"""Reports that people keep: figures or rows of the records that the reader sees, drawn anew whenever one is opened."""
