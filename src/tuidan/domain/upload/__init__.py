"""Files that people upload to show something: what is taken, how large, and how a file moves from begun to checked."""
