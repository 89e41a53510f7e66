"""Measures of speed, memory and growth: ``python -m benchmarks``."""
