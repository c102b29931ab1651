"""Pages of the person who buys: shop, checkout, orders, refunds."""
