"""A run in named steps: each is a function from records to records."""
