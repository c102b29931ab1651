"""What can be read on a picture: order number, time and key information, held against one order (S-073, S-074).

Pure text work on lines that a reader has found. Nothing here decides anything: a person sees what was read and where.
"""
