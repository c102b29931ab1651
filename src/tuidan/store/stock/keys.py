"""The vault of this process, with the master keys that the settings name. The keys are never in the database."""

from functools import lru_cache

from django.conf import settings
from django.db import connection

from tuidan.store.stock.vault import Vault, VaultError


def vault() -> Vault:
    """The vault of the settings' `VAULT_KEYS`: oldest first, the last one seals.

    Raises VaultError (`bad_key`) when there is none or one is not 32 bytes.
    """
    return _opened(tuple(settings.VAULT_KEYS))


@lru_cache(maxsize=4)
def _opened(keys: tuple[bytes, ...]) -> Vault:
    return Vault(keys)


def refuse_lost_keys(vault: Vault) -> None:
    """Refuse to add to a stock that was sealed with keys which are not here: a lost key is noticed at once.

    One row is looked at, so it costs nothing. Raises VaultError (`unknown_key`).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT key_id FROM stock_code LIMIT 1")
        row = cursor.fetchone()
    if row is not None and row[0] not in vault.key_ids:
        raise VaultError(
            "unknown_key", f"the stock holds cards sealed with master key {row[0]}, which is not here"
        )
