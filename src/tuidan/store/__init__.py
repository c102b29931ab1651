"""What is kept: the only room with models, SQL and transactions."""
