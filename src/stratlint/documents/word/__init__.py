"""Word files to documents."""
