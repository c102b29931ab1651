"""Card stock: unique codes, the free ones among them, claims, fingerprints, shared secrets."""

from tuidan.store.stock.models.claim import StockClaim
from tuidan.store.stock.models.code import StockCode
from tuidan.store.stock.models.fingerprint import StockFingerprint
from tuidan.store.stock.models.free_code import StockFree
from tuidan.store.stock.models.shared_secret import StockSharedSecret
from tuidan.store.stock.models.stock_import import StockImport

__all__ = ["StockClaim", "StockCode", "StockFingerprint", "StockFree", "StockImport", "StockSharedSecret"]
