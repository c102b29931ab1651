"""The server that the product brings: where it lies, how it starts, who owns it, which roles it knows."""
