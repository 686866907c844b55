"""The settings of a new installation."""
