"""The log on disk: its leaves, tiles, signed checkpoints and keys; all written by functions of the database alone."""
