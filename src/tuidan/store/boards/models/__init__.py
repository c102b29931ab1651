"""Lists and queues projected from the orders' state. May be dropped and rebuilt; no answer of an order reads them."""

from tuidan.store.boards.models.case import CaseBoard
from tuidan.store.boards.models.order import OrderBoard
from tuidan.store.boards.models.question import QuestionBoard

__all__ = ["CaseBoard", "OrderBoard", "QuestionBoard"]
