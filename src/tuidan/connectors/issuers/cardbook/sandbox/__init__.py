"""A Cardbook issuer to talk to: a server of its own that keeps codes and credits and fails on request.

It imports nothing of the connector: two readings of the protocol that agree are worth more than one.
"""
