"""People, shops, listings and policy versions: few rows, the same on every node."""
