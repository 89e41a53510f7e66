"""One reporter a format."""
