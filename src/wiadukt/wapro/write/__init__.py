"""The contract -> WAPRO's own procedures; every write is one transaction, repeatable by key."""
