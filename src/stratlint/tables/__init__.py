"""Tidy tables of an audit: one schema, several writers."""
