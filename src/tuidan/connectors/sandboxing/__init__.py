"""What sandboxes share, without any protocol: a quiet HTTP server, books in SQLite, a process's start and end."""
