"""Everything of one order, spread by order_id and written by one function."""
