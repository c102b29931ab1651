"""The outside world, one folder each: calls, pure translation, notices, and a sandbox."""
