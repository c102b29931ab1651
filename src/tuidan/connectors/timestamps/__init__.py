"""Who vouches for a time, one folder each: timestamp authorities whose tokens go beside the log's checkpoints."""
