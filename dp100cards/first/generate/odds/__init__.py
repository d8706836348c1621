"""How likely a reader takes a card as it is."""
