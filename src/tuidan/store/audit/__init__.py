"""The audit: chains, ledger, state and boards held against each other. It reads, and changes nothing."""
