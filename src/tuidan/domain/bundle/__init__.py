"""The bundle: all that a stranger needs to check one order, in one ZIP whose bytes follow from the order's state.

What stands in it and how it is checked: docs/howto/check-a-bundle.md. The check itself is tuidan.verifier.
"""
