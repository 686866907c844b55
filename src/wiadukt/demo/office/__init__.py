"""The demo's office: what a worker does in WAPRO, on a small web screen; and the demo's mailbox.

It speaks to WAPRO's tables as the program itself would, and knows nothing of Wiadukt.
"""
