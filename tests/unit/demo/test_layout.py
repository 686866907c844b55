"""The demo's folder outlives the version that made it."""

import pytest

from wiadukt.demo.erp.install import fingerprint
from wiadukt.demo.layout import DemoError, Layout


def test_a_world_of_another_version_is_refused_with_the_remedy(tmp_path):
    layout = Layout(tmp_path)
    layout.world_file.write_text('{"made_at": 1.0}')

    with pytest.raises(DemoError, match="make demo-reset"):
        layout.check_world(fingerprint())


def test_a_world_of_this_version_goes_on_and_a_new_folder_is_made(tmp_path):
    layout = Layout(tmp_path)
    layout.check_world(fingerprint())

    layout.note_world(fingerprint())

    layout.check_world(fingerprint())
