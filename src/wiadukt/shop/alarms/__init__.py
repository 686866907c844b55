"""Troubles of the road told to people who don't look at the panel: by e-mail and webhook, until all is well again."""
