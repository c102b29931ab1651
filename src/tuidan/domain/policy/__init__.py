"""The refund policy: data in, verdict out. `decide` is the whole of it; the rest makes and checks policies."""

from tuidan.domain.policy.check import check_policy
from tuidan.domain.policy.compiled import CompiledPolicy, PolicyError, canonical_bytes, compile_policy
from tuidan.domain.policy.decide import decide, decide_known, inputs_of
from tuidan.domain.policy.facts import FactsError, validate_facts
from tuidan.domain.policy.jdm import Problem
from tuidan.domain.policy.verdict import Deadline, NearMiss, PolicyName, Reason, Verdict

__all__ = [
    "CompiledPolicy",
    "Deadline",
    "FactsError",
    "NearMiss",
    "PolicyError",
    "PolicyName",
    "Problem",
    "Reason",
    "Verdict",
    "canonical_bytes",
    "check_policy",
    "compile_policy",
    "decide",
    "decide_known",
    "inputs_of",
    "validate_facts",
]
