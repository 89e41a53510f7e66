"""Read one file into a Document."""
