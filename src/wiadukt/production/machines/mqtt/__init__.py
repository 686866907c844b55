"""Machines that take ISA-95 job orders as JSON over MQTT; topics and messages: docs/machines.md."""
