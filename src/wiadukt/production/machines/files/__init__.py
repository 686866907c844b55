"""Machines that read cut lists from a folder and write results into another; formats: docs/machines.md."""
