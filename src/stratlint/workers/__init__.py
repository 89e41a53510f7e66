"""Processes that do the work of a run within limits, and what is kept between runs."""
