"""Repair of extracted text: ligatures, hyphens, glued words, note markers."""
