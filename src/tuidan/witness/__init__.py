"""A witness of logs: keeps the newest checkpoint of each, cosigns only what goes on from it, shouts when one does not.

A seller or an association runs it by itself, on a machine of its own: no database, no Django, nothing of the
platform but the formats. Whoever keeps the last checkpoint finds out when history is written anew.
"""
