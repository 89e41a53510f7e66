"""From commitments to ranked priorities."""
