"""Books beside the orders: a seller's money after the escrow, and the platform's limited advance fund."""
