"""A machine's folder behind SFTP: who the server is, how we log in, lines that break, servers of little skill."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import asyncssh
import pytest
from factories.sftp import SftpServer, public

from wiadukt.contract.errors import Misconfigured, Unreachable
from wiadukt.production.machines.files.client import FilesMachine, FilesSettings
from wiadukt.production.machines.files.sftp import SftpSettings, open_place
from wiadukt.production.machines.port import MachineState
from wiadukt.production.machines.registry import read_floor
from wiadukt.production.refusals import Refusal

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def server(root: Path, **more: bool) -> AsyncIterator[SftpServer]:
    (root / "drill").mkdir()
    async with SftpServer(root, **more) as one:
        yield one


def machine(settings: SftpSettings) -> AbstractAsyncContextManager[FilesMachine]:
    return FilesMachine.connected(FilesSettings(Path("/drill"), poll_s=0.05, sftp=settings))


async def test_a_server_with_another_key_gets_no_password(tmp_path):
    async with server(tmp_path) as one:
        known = public(asyncssh.generate_private_key("ssh-ed25519"))

        with pytest.raises(Refusal) as refusal:
            async with machine(replace(one.settings, host_keys=(known,))):
                pass

        assert refusal.value.code == "sftp_other_server"
        assert one.passwords == []


async def test_a_new_key_beside_the_old_one_is_taken(tmp_path):
    async with server(tmp_path) as one:
        old = public(asyncssh.generate_private_key("ssh-ed25519"))
        async with machine(replace(one.settings, host_keys=(old, public(one.key)))) as drill:
            assert await drill.report() == []


async def test_a_wrong_password_is_a_refusal_that_says_what_to_look_at(tmp_path):
    async with server(tmp_path) as one:
        one.secret.write_text("another")

        with pytest.raises(Refusal) as refusal:
            async with machine(one.settings):
                pass

        assert refusal.value.code == "sftp_no_entry"
        assert "password_file" in refusal.value.remedy


async def test_a_key_lets_us_in_without_a_password(tmp_path):
    async with server(tmp_path) as one:
        key = tmp_path / "id"
        one.own_key.write_private_key(str(key))

        async with machine(replace(one.settings, password_file=None, key_file=key)) as drill:
            assert await drill.report() == []


async def test_after_a_broken_line_it_goes_on_where_it_was(tmp_path, job):
    async with server(tmp_path) as one:
        async with machine(one.settings) as drill:
            await drill.store(job())
            await drill.start("WD-1-1")
            await one.off()
            with pytest.raises(Unreachable, match=r"127\.0\.0\.1"):
                await drill.report()
        with pytest.raises(Unreachable):
            async with machine(one.settings):
                pass

        (tmp_path / "drill/results/1.csv").write_text("job;state;good\nWD-1-1;ended;4\n")
        await one.on()
        async with machine(one.settings) as drill:
            (report,) = await drill.report()
            assert (report.state, report.good) == (MachineState.ENDED, 4)
            await drill.store(job())
            await drill.start("WD-1-1")

        assert (tmp_path / "drill/results/read/1.csv").exists()
        assert not (tmp_path / "drill/jobs/WD-1-1.csv").exists(), "what has ended is not made again"


async def test_a_folder_that_is_not_there_is_a_machine_that_does_not_answer(tmp_path):
    async with SftpServer(tmp_path) as one:
        with pytest.raises(Unreachable):
            async with machine(one.settings):
                pass


@pytest.mark.parametrize("is_old", [False, True])
async def test_nobody_ever_reads_half_a_file_and_a_newer_one_takes_its_place(tmp_path, is_old):
    async with server(tmp_path, is_old=is_old) as one, open_place(one.settings, "/drill") as place:
        seen: set[int] = set()
        content = b"x" * 3_000_000
        writing = asyncio.create_task(asyncio.to_thread(place.write, "list.csv", content))
        while not writing.done():
            seen |= {path.stat().st_size for path in (tmp_path / "drill").glob("*.csv")}
            await asyncio.sleep(0)
        await writing
        assert seen <= {len(content)}

        await asyncio.to_thread(place.write, "list.csv", b"newer")

        assert (tmp_path / "drill/list.csv").read_bytes() == b"newer"
        assert await asyncio.to_thread(place.names, "") == ["list.csv"]


HEAD = """
[[machine]]
driver = 'files'
id = 'drill'
name = 'Drill'
folder = '/drill'
[machine.sftp]
user = 'wiadukt'
"""


@pytest.mark.parametrize(
    ("key", "way_in", "wrong"),
    [("no key", "password_file = 'p'", "no public key"), ("", "", "needs a password_file or a key_file")],
)
async def test_the_file_of_machines_needs_a_readable_key_and_a_way_in(tmp_path, key, way_in, wrong):
    key = key or public(asyncssh.generate_private_key("ssh-ed25519"))
    file = tmp_path / "machines.toml"
    file.write_text(f"{HEAD}host = '127.0.0.1'\nhost_keys = ['{key}']\n{way_in}\n")

    with pytest.raises(Misconfigured, match=wrong):
        read_floor(file)


async def test_the_file_of_machines_leads_to_the_folder_on_the_server(tmp_path, job):
    async with server(tmp_path) as one:
        file = tmp_path / "machines.toml"
        keys = f"host_keys = ['{public(one.key)}']\npassword_file = '{one.secret}'\n"
        file.write_text(f"{HEAD}host = '127.0.0.1'\nport = {one.port}\n{keys}")

        async with read_floor(file).machines["drill"].connected() as drill:
            await drill.store(job())
            await drill.start("WD-1-1")

        assert "WD-1-1" in (tmp_path / "drill/jobs/WD-1-1.csv").read_text()
