"""What the product watches about itself: how far the audit is, what it found, how often somebody guessed."""
