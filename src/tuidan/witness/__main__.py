"""`python -m tuidan.witness …`: the witness alone, without Django and without a database."""

from tuidan.witness.command import witness

if __name__ == "__main__":
    witness(prog_name="tuidan witness")
