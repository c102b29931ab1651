"""What was read on uploaded pictures, and by what the same picture is found again in other orders."""
