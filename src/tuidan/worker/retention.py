"""Carry out erasures that an event has ordered."""

from __future__ import annotations

from tuidan.commands import retention
from tuidan.worker.job import Job, reached


def erase_words(job: Job) -> None:
    """Take the words of one order away; a worker that dies between batches leaves the row, and another goes on."""
    retention.carry_out(job.order_id, job.work.target, job.clock(), lambda: reached("erase:batch"))
    reached("erase:done")
    job.finish()
