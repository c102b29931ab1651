"""The worker: bounded batches of notices, timers, effects and feed rows, and a clean stop."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import structlog

from tuidan.commands.erasure_request import carry_out_requests
from tuidan.commands.outside import Outside
from tuidan.store import connection
from tuidan.store.orders.claim import Work
from tuidan.worker.audit import audit_slice
from tuidan.worker.boards import project_feed
from tuidan.worker.book_log import BookLogging
from tuidan.worker.channel_disputes import LostNotices, apply_channel_notices
from tuidan.worker.effects import do_effect, due_effects
from tuidan.worker.files import FileWatch
from tuidan.worker.funds import LostDraws, settle_sellers
from tuidan.worker.job import Clock, utc_now
from tuidan.worker.log import Signing
from tuidan.worker.notices import apply_notices
from tuidan.worker.reading import ReadingWatch
from tuidan.worker.timers import fire_timers
from tuidan.worker.witness import Witnessing

log = structlog.get_logger()
THREADS = 8
IDLE_SECONDS = 0.1
BROKEN_SECONDS = 2.0
AUDIT_SECONDS = 5.0
BUSY_SECONDS = 55.0


class Worker:
    """Runs until stopped. `clock` is the one place where its time comes from."""

    def __init__(self, outside: Outside, clock: Clock = utc_now, threads: int = THREADS) -> None:
        self.outside = outside
        self.clock = clock
        self.stopping = threading.Event()
        self.lost = LostNotices()
        self.audit_due = 0.0
        self.draws = LostDraws()
        self.signing = Signing()
        self.book_logging = BookLogging()
        self.witnessing = Witnessing()
        self.asking = threading.Lock()
        self.files = FileWatch(clock)
        self.reading = ReadingWatch(outside, clock)
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="effect")

    def run_once(self) -> int:
        """Do what is due now; gives how much was done."""
        done = apply_notices(self.outside, self.clock) + apply_channel_notices(self.outside, self.clock)
        done += fire_timers(self.clock)
        done += sum(self.pool.map(self._do, due_effects(self.clock)))
        done += carry_out_requests(self.clock())
        while rows := settle_sellers(self.clock):
            done += rows
        while rows := project_feed(self.clock):
            done += rows
            self.signing.look(self.clock, idle=False)
        self.signing.look(self.clock, idle=not done)
        return done

    def _do(self, work: Work) -> bool:
        if self.stopping.is_set():
            return False
        return do_effect(work, self.outside, self.clock)

    def run_until_idle(self, rounds_max: int = 1000) -> int:
        """For scenes and tests: go on until nothing is due now."""
        total = 0
        for _ in range(rounds_max):
            done = self.run_once() or self.files.check_now() or self.reading.read_now()
            if not done:
                break
            total += done
        return total

    def run(self) -> None:
        """Go on until `stop`; trouble with the database is waited out. Witnesses are asked before we sign."""
        self._ask_witnesses()
        self.files.start()
        self.reading.start()
        while not self.stopping.is_set():
            try:
                done = self.run_once() + self.draws.look(self.clock) + self.book_logging.look()
            except Exception:  # the loop itself must outlive a database restart
                log.exception("worker_round_failed")
                connection.close()
                self.stopping.wait(BROKEN_SECONDS)
                continue
            if self.lost.is_due():
                self.pool.submit(self._look_for_lost)
            if self.witnessing.is_due() and not self.asking.locked():
                self.pool.submit(self._ask_witnesses)
            self._audit_when_quiet(quiet=not done)
            if not done:
                self.stopping.wait(IDLE_SECONDS)

    def _look_for_lost(self) -> None:
        """Beside the rounds: a channel that does not answer must not hold them up."""
        try:
            self.lost.look(self.outside, self.clock)
        except Exception:  # looked for again within the hour
            log.exception("lost_notices_failed")

    def _ask_witnesses(self) -> None:
        """Beside the rounds, one at a time: a witness that does not answer must not hold them up."""
        with self.asking:
            try:
                self.witnessing.look(self.outside, self.clock)
            except Exception:  # looked again in a moment
                log.exception("witnesses_failed")

    def _audit_when_quiet(self, *, quiet: bool) -> None:
        """A slice of the audit between rounds; while there is much to do only once a minute."""
        if time.monotonic() < self.audit_due - (BUSY_SECONDS if quiet else 0):
            return
        self.audit_due = time.monotonic() + BUSY_SECONDS + AUDIT_SECONDS
        try:
            audit_slice(self.clock)
        except Exception:  # an audit that breaks must not stop the work
            log.exception("audit_failed")

    def stop(self) -> None:
        """Finish the calls under way, start no new ones."""
        self.stopping.set()
        self.files.stop()
        self.reading.stop()

    def close(self) -> None:
        """Stop, and wait for the calls under way."""
        self.stop()
        self.pool.shutdown(wait=True)
        self.files.close()
        self.reading.close()
