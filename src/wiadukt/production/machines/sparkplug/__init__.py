"""Machines that tell how they are by Sparkplug B: a host application by Eclipse Sparkplug 3.0, and a reference node."""
