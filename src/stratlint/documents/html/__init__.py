"""HTML to documents."""
