"""How fast and how well strategies are read, beside other readers, in one run."""
