"""What can be wrong with a connection to WAPRO, one check a file; each says what it saw and how to mend it."""
