"""Books of sellers and of the fund: version row, events, postings, items. One function alone writes them."""
