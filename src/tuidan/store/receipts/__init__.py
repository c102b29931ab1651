"""The key that signs receipts; there is no table, the receipt itself is drawn from the order's own rows."""
