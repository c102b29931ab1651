"""Pages of a shop: what to deliver, what was sold."""
