"""Reference rows, the same on every node: people, shops, listings, policy versions, API keys."""

from tuidan.store.shared.models.api_key import ApiKey
from tuidan.store.shared.models.erasure_request import ErasureRequest
from tuidan.store.shared.models.listing import Listing
from tuidan.store.shared.models.person import Person
from tuidan.store.shared.models.policy_comment import PolicyComment
from tuidan.store.shared.models.policy_draft import PolicyDraft
from tuidan.store.shared.models.policy_version import PolicyVersion
from tuidan.store.shared.models.service_switch import ServiceSwitch
from tuidan.store.shared.models.shop import Shop, ShopMember

__all__ = [
    "ApiKey",
    "ErasureRequest",
    "Listing",
    "Person",
    "PolicyComment",
    "PolicyDraft",
    "PolicyVersion",
    "ServiceSwitch",
    "Shop",
    "ShopMember",
]
