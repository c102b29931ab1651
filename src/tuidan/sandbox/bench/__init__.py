"""The benchmark: the hot paths measured against the same rows written by plain statements (`tuidan bench`)."""
