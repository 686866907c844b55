"""Who sells here and on which terms: the seller's card, and the pages that buyers read and agree to."""
