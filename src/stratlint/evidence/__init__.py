"""Official statistics by region: tables and location quotients."""
