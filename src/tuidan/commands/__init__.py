"""The door for changing: one file per noun, one function per command."""
