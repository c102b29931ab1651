"""SHOW: thin views for people. A page parses a form, calls a command or a read, and shows; it knows no models."""
