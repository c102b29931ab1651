"""The page of one case, for everybody in it: buyer, seller, appraiser and reviewer, each with what they may do."""
