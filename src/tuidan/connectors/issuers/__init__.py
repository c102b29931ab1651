"""Who issued a code and knows its status, one folder each."""
