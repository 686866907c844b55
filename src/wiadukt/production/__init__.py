"""The application of the floor: job orders, terminals, machines."""
