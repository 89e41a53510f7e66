"""A local page for people without a terminal: put a draft in, read the remarks, set them aside."""
