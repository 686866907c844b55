"""The figures of the synchronisation, measured side by side in one run: `make bench`."""
