"""A small world: people, shops, goods and orders, and the stories that are played on it."""
