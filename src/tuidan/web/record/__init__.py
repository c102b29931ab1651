"""What the platform keeps by itself, for whoever may see the order: the snapshot, receipts, the life of a code."""
