"""The stock of card codes: sealed in a vault, claimed once, shown one way. Spread by listing_id."""
