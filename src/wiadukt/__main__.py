"""`python -m wiadukt` is the program `wiadukt`."""

from wiadukt.cli import main

main()
