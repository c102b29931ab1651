"""Rows of the log. There is one log in one place: order is given by its sequencer alone, so nothing is spread."""

from tuidan.store.log.models.checkpoint import CheckpointRow, Trouble
from tuidan.store.log.models.key import KeyRow
from tuidan.store.log.models.leaf import Leaf, Tile, Tree
from tuidan.store.log.models.witness import TokenRow, WitnessRow

__all__ = ["CheckpointRow", "KeyRow", "Leaf", "Tile", "TokenRow", "Tree", "Trouble", "WitnessRow"]
