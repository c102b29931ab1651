"""Documents set in type: text in, PDF/A out, by a bounded process of its own."""
