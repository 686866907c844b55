"""One round through everything that can be wrong: the shop's own checks, and those of the connector and production."""
