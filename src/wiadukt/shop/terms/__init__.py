"""A buyer's terms of trade as the shop obeys and shows them: credit, delay, contact, the words of a price."""
