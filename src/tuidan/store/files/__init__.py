"""Uploaded files: whose they are, what was found in them, and the sealed bytes, each content kept once."""
