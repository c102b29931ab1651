"""Payment channels, one folder each; see contract/payment.py."""
