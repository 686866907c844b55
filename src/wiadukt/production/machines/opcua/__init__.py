"""Machines that speak OPC UA job control by ISA-95 (OPC 10031-4, version 2)."""
