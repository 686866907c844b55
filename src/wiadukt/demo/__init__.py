"""The demo: a stand-in for WAPRO with its office, a seeded world, and the starter of all parts."""
