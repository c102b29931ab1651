"""Settings, addresses, wiring and the command line: the one place where parts are put together."""
