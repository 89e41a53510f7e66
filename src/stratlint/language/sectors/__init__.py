"""Names of sectors in text."""
