from wiadukt.contract.states import JOB_STEPS, JobState


def test_a_job_that_ended_never_moves_again():
    ended = {JobState.COMPLETED, JobState.CANCELLED}

    assert not [step for step in JOB_STEPS if step[0] in ended]


def test_every_state_but_the_first_can_be_reached():
    assert {after for _, after in JOB_STEPS} >= set(JobState) - {JobState.WAITING}
