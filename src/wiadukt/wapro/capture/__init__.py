"""Three ways to notice a change in WAPRO, one queue behind them: triggers, change tracking, sweeps.

Each is a module of the same shape: `put` and `taken_out` give the statements by which it comes onto WAPRO's tables and
leaves them, `lacking` says what is not there any more, and a `Capture` (see `port`) works as long as the connector.
What each costs, gives and does not see: docs/wapro.md.
"""
