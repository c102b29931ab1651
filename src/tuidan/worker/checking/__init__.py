"""The process that looks into uploaded files, apart from all else: no database, no network, little memory and time.

`__main__.py` is that process; it forks once for each file, so that a file which breaks its reader breaks nothing
else. It must import neither Django nor the settings: it knows no secret but the keys of the one file at hand.
"""
