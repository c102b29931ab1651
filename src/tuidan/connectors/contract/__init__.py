"""What every connector must do, and what all of them share."""
