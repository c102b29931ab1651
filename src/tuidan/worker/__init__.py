"""What happens later: claim what is due, do it outside any transaction, report by a command."""
