"""Once a day the shop compares everything with WAPRO: buckets, then ids, then objects; what differs is asked for again.

`facts` says what the shop has, `digests` folds it, `causes` guesses why something differs, `run` goes through it all.
"""
