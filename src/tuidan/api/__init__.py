"""The machines' edge: JSON in and out, keys, idempotency, problem details."""
