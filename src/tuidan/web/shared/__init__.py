"""What every console stands on: base page, parts, words, sign-in, who may enter, words for refusals."""
