"""The log that strangers verify: RFC 6962 hashing and the C2SP texts around it, all pure (see docs/adr/one-log.md)."""
