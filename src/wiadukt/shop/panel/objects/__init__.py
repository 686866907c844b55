"""One object of the two systems: found by whatever a person has of it, and both sides next to each other."""
