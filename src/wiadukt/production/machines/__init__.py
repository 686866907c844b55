"""Machines of the floor behind one port; a folder a protocol."""
