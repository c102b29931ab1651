"""The dossier: what a complaint authority, a mediator or a court gets to read of one order."""
