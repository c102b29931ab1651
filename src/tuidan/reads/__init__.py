"""The door for looking: plain records, ready to show; nothing changes here."""
