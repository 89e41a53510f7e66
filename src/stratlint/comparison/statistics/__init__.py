"""How alike documents are, in numbers."""
