"""What production may rely on, whatever protocol a machine speaks."""

from __future__ import annotations

import asyncio
from decimal import Decimal

import pytest

from wiadukt.contract.errors import Refused, Unreachable
from wiadukt.production.machines.port import MachineState

pytestmark = pytest.mark.anyio


async def state_of(machine, job_id: str) -> MachineState | None:
    return next((one.state for one in await machine.report() if one.job_id == job_id), None)


async def reaches(machine, job_id: str, state: MachineState) -> None:
    """What happens at a machine is told a moment later."""
    async with asyncio.timeout(10):
        while await state_of(machine, job_id) is not state:
            await asyncio.sleep(0.02)


async def test_a_job_order_stored_twice_is_there_once(floor, job):
    async with floor() as at, at.connect() as machine:
        await machine.store(job())
        await machine.store(job())

        assert [one.job_id for one in await machine.report()] == ["WD-1-1"]


async def test_other_content_replaces_it_until_it_has_begun(floor, job):
    async with floor() as at, at.connect() as machine:
        await machine.store(job())
        await machine.store(job(description="Front, changed"))
        await machine.start("WD-1-1")
        await at.begin("WD-1-1")

        with pytest.raises(Refused):
            await machine.store(job(description="Front, changed again"))
        await reaches(machine, "WD-1-1", MachineState.RUNNING)


async def test_starting_and_pausing_twice_is_the_same_as_once(floor, job):
    async with floor() as at, at.connect() as machine:
        await machine.store(job())
        await machine.start("WD-1-1")
        await machine.start("WD-1-1")
        await at.begin("WD-1-1")
        if not at.can_pause:
            with pytest.raises(Refused):
                await machine.pause("WD-1-1")
            return
        await machine.pause("WD-1-1")
        await machine.pause("WD-1-1")
        await reaches(machine, "WD-1-1", MachineState.HELD)

        await machine.start("WD-1-1")
        await reaches(machine, "WD-1-1", MachineState.RUNNING)


async def test_one_that_has_ended_is_not_made_again_by_a_repeat(floor, job):
    async with floor() as at, at.connect() as machine:
        await machine.store(job())
        await machine.start("WD-1-1")
        await at.begin("WD-1-1")
        await at.make("WD-1-1", 4, 0)
        await at.finish("WD-1-1")
        await reaches(machine, "WD-1-1", MachineState.ENDED)

        await machine.store(job())
        await machine.start("WD-1-1")

        await reaches(machine, "WD-1-1", MachineState.ENDED)


async def test_a_withdrawn_job_order_is_worked_on_no_more_and_its_counts_can_be_read(floor, job):
    async with floor() as at, at.connect() as machine:
        for job_id in ("WD-1-1", "WD-1-2"):
            await machine.store(job(job_id))
            await machine.start(job_id)
        await at.begin("WD-1-1")
        await at.make("WD-1-1", 2, 1)

        for job_id in ("WD-1-1", "WD-1-2", "never-there"):
            await machine.withdraw(job_id)
            await machine.withdraw(job_id)

        (left,) = await machine.report()
        assert (left.state, left.good, left.scrap) == (MachineState.ABORTED, Decimal(2), Decimal(1))
        await machine.forget("WD-1-1")
        await machine.forget("WD-1-1")
        assert await machine.report() == []


async def test_what_has_not_begun_is_given_back_and_is_there_no_more(floor, job):
    async with floor() as at, at.connect() as machine:
        for job_id in ("WD-1-1", "WD-1-2"):
            await machine.store(job(job_id))
        await machine.start("WD-1-2")

        answers = [await machine.recall(job_id) for job_id in ("WD-1-1", "WD-1-2", "WD-1-2", "never-there")]

        assert answers == [True, True, False, False]
        assert await machine.report() == []
        await machine.store(job())
        await machine.start("WD-1-1")
        await reaches(machine, "WD-1-1", MachineState.ALLOWED)


async def test_what_has_begun_is_kept_and_goes_on_as_if_nobody_had_asked(floor, job):
    async with floor() as at, at.connect() as machine:
        await machine.store(job())
        await machine.start("WD-1-1")
        await at.begin("WD-1-1")
        await at.make("WD-1-1", 2, 0)
        await reaches(machine, "WD-1-1", MachineState.RUNNING)

        with pytest.raises(Refused) as refused:
            await machine.recall("WD-1-1")
        assert refused.value.code == "machine_has_begun"
        await at.make("WD-1-1", 2, 1)
        await at.finish("WD-1-1")
        await reaches(machine, "WD-1-1", MachineState.ENDED)

        (made,) = await machine.report()
        assert (made.good, made.scrap) == (4, 1)
        with pytest.raises(Refused):
            await machine.recall("WD-1-1")


async def test_one_that_begins_just_before_it_is_asked_for_is_kept(floor, job):
    async with floor() as at, at.connect() as machine:
        await machine.store(job())
        await machine.start("WD-1-1")
        await reaches(machine, "WD-1-1", MachineState.ALLOWED)
        await at.begin_unseen("WD-1-1")

        with pytest.raises(Refused) as refused:
            await machine.recall("WD-1-1")

        assert refused.value.code == "machine_has_begun"


async def test_a_pause_is_not_ended_by_asking_for_the_job(floor, job):
    async with floor() as at, at.connect() as machine:
        if not at.can_pause:
            return
        await machine.store(job())
        await machine.start("WD-1-1")
        await at.begin("WD-1-1")
        await machine.pause("WD-1-1")

        with pytest.raises(Refused):
            await machine.recall("WD-1-1")

        await reaches(machine, "WD-1-1", MachineState.HELD)


async def test_an_aborted_job_order_is_taken_anew(floor, job):
    async with floor() as at, at.connect() as machine:
        await machine.store(job())
        await machine.withdraw("WD-1-1")
        await machine.store(job())

        await reaches(machine, "WD-1-1", MachineState.WAITING)


async def test_reports_begin_with_what_is_there_and_follow_every_change(floor, job):
    async with floor() as at, at.connect() as machine:
        await machine.store(job())
        await machine.start("WD-1-1")
        reports = machine.reports()

        heard = [await asyncio.wait_for(anext(reports), 20)]
        await at.begin("WD-1-1")
        heard.append(await asyncio.wait_for(anext(reports), 20))
        await at.make("WD-1-1", 4, 1)
        heard.append(await asyncio.wait_for(anext(reports), 20))
        await at.finish("WD-1-1")
        heard.append(await asyncio.wait_for(anext(reports), 20))
        await reports.aclose()

        states = [one.state for one in heard]
        assert states == [MachineState.ALLOWED, MachineState.RUNNING, MachineState.RUNNING, MachineState.ENDED]
        assert (heard[-1].good, heard[-1].scrap) == (4, 1)
        assert heard[-1].started_at is not None
        assert heard[-1].ended_at >= heard[-1].started_at


async def test_one_that_left_the_list_without_an_end_is_told_as_gone(floor, job):
    async with floor() as at, at.connect() as machine:
        await machine.store(job())
        reports = machine.reports()
        assert (await asyncio.wait_for(anext(reports), 20)).state is MachineState.WAITING

        await machine.withdraw("WD-1-1")

        assert (await asyncio.wait_for(anext(reports), 20)).state is MachineState.GONE
        await reports.aclose()


async def test_a_full_machine_refuses_with_a_remedy(floor, job):
    async with floor() as at, at.connect() as machine:
        for n in range(3):
            await machine.store(job(f"WD-1-{n}"))

        with pytest.raises(Refused) as refusal:
            await machine.store(job("WD-1-9"))
        assert refusal.value.object_id == "WD-1-9"
        assert refusal.value.remedy


async def test_a_command_for_an_unknown_job_order_is_refused(floor):
    async with floor() as at, at.connect() as machine:
        with pytest.raises(Refused):
            await machine.start("never-there")


async def test_a_machine_that_is_switched_off_is_unreachable(floor, job):
    async with floor() as at:
        async with at.connect() as machine:
            await machine.store(job())
            await at.stop()
            with pytest.raises(Unreachable):
                await asyncio.wait_for(machine.store(job("WD-1-2")), 30)
        with pytest.raises(Unreachable):
            async with at.connect():
                pass
