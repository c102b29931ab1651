"""The check of a bundle by a stranger: Python's standard library and `cryptography`, nothing of Tuidan.

The parts here import only one another. `single.py` joins them into the one file `verify.py` that people take along.
"""
