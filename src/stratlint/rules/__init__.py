"""Rules: schema, checks and engine."""
