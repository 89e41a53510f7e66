"""What a document says of a sector at a mention."""
