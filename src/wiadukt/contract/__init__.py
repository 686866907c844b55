"""What the systems say to each other: pydantic models, no I/O, no framework.

A file an object kind. Amounts are `Decimal`, days `date`, moments aware `datetime`. `wapro`, `shop` and
`production` never import one another; they meet in these terms only.
"""
