"""Words, sentences and phrases of any text."""
