"""Who delivers top-ups for us, one folder each."""
