"""Findings on the draft itself."""
