"""Learn from labelled passages: gold, examples, evaluation, fitting."""
