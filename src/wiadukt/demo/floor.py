"""The list of the demo's machines, as an administrator would write it."""

from __future__ import annotations

from wiadukt.demo.layout import Layout, Ports

FLOOR = """\
# The demo's floor; what each line means: docs/machines.md. Lacquered fronts (FR-...) are made by people at terminals.

[[work_centre]]
id = "drilling"
name = "Wiercenie"
products = ["FF-*-1100-*", "FF-*-1313-*", "FN-*-1100-*", "FN-*-1313-*"]

[[work_centre]]
id = "cutting"
name = "Rozkrój"
products = ["FF-*"]

[[work_centre]]
id = "edging"
name = "Okleinowanie"
products = ["FN-*"]

[[work_centre]]
id = "lacquering"
name = "Lakiernia"

[[machine]]
driver = "opcua"
id = "saw"
name = "Piła panelowa"
work_centre = "cutting"
automatic = true
url = "opc.tcp://127.0.0.1:{opcua}/saw"
trade = "woodworking"

[[machine]]
driver = "mqtt"
id = "bander"
name = "Okleiniarka"
work_centre = "edging"
automatic = true
host = "127.0.0.1"
port = {mqtt}

[[machine]]
driver = "files"
id = "drill"
name = "Wiertarka"
work_centre = "drilling"
automatic = true
folder = {folder}

[[sparkplug]]
host = "127.0.0.1"
port = {mqtt}

[[sparkplug.machine]]
id = "bander"
source = "wiadukt-demo/hall-1/bander"
state = "Status/State"
states = {{ EXECUTE = "running", IDLE = "idle", HELD = "held" }}
good = "Count/Good"
scrap = "Count/Scrap"
shows = ["Glue/Temperature"]
"""


def write_floor(layout: Layout, ports: Ports) -> None:
    """The file that production reads its machines from, and the drill's folder."""
    drill = layout.machines / "drill"
    drill.mkdir(parents=True, exist_ok=True)
    folder = "'" + str(drill) + "'"
    text = FLOOR.format(opcua=ports.all["opcua"], mqtt=ports.all["mqtt"], folder=folder)
    layout.machines_file.write_text(text, encoding="utf-8")
