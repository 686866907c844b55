"""Runs the measures and prints one table."""
from bench.world import world
from bench.road import changed_goods
import sys,time
n=int(sys.argv[1]); w=int(sys.argv[2]) if len(sys.argv)>2 else 1
t=time.monotonic()
with world(n,w) as made:
    print("ready",time.monotonic()-t, made.value("shop","select count(*) from catalogue_product"))
    for mark in (" A"," B"):
        l=changed_goods(made,mark); print(l, l.per_s, flush=True)
    print(made.peaks_mb())
