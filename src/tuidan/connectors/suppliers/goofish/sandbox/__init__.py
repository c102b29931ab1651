"""A 闲管家 supplier to talk to: a server of its own, written from the protocol, that misbehaves on request.

It imports nothing of the connector: two readings of the protocol that agree are worth more than one.
"""
