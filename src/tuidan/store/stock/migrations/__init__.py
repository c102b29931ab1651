"""The schema of the stock app, step by step."""
