"""`tuidan witness`: the witness that anybody may run. It stands alone; `python -m tuidan.witness` is the same."""

from tuidan.witness.command import witness

COMMANDS = (witness,)
