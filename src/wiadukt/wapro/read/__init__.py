"""WAPRO's rows -> contract objects, in batches; one file an object kind."""
