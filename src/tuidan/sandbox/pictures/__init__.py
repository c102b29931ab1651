"""Pictures as buyers send them, drawn with their truth beside them: what the reading of evidence is measured on."""
