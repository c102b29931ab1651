"""Situations of card codes and what the rules R1–R6, R11–R13, R16, R18, R19, R24 make of them."""

from policy_cases import (
    CROPPED, DAY, FORGED, GUARDIAN, HOUR, REUSED, answer, case, evidence, expert, full, good, no, part, person, seller,
)  # fmt: skip

SEALED = {"revealed": False, "issuer_status": "unused"}
OPENED = {"revealed": True, "issuer_status": "unused"}
SEEN = "2026-11-18T11:00:00+08:00"


def used(when: str, by: str | None, **more: object) -> dict[str, object]:
    return {
        "revealed": True, "revealed_at": SEEN, "issuer_status": "activated", "activated_at": when, "activated_by": by,
        **more,
    }  # fmt: skip


BEFORE = used("2026-11-18T10:59:59+08:00", "other_account")
SAME = used(SEEN, "buyer_bound_account")
AFTER_MINE = used("2026-11-18T11:00:01+08:00", "buyer_bound_account")
AFTER_OTHER = used("2026-11-18T11:00:01+08:00", "other_account")
MIND = {"reason_claimed": "no_reason", "evidence": []}
SLIP = {"reason_claimed": "wrong_item_bought", "evidence": []}
ONCE = {"buyer": {"misoperations_90d": 1}}
OWN = {"seller_type": "self_operated", **answer("not_applicable")}
PRETICKED = {"terms": {"preticked": True}}
EU_MISSING = {"terms": {"eu_consent": True, "eu_acknowledged": False, "eu_confirmation_sent": True}}

CASES = [
    # the instant window (R2)
    full("sealed one second after payment", "R2", case("card_code", SEALED, **MIND, paid_ago=1), "none", "PT10M"),
    full("sealed at the last second", "R2", case("card_code", SEALED, **MIND, paid_ago=300), "none", "PT10M"),
    full("any reason counts inside the window", "R2", case("card_code", SEALED, paid_ago=120), "none", "PT10M"),
    full("a repeated mistake inside the window is free", "R2",
         case("card_code", SEALED, **SLIP, **ONCE, paid_ago=299), "none", "PT10M"),
    full("one second late is slow but full", "R3", case("card_code", SEALED, **MIND, paid_ago=301), "none"),
    full("delivered late, one second after delivery plus grace is slow", "R2",
         case("card_code", SEALED, **MIND, paid_ago=400, delivered_ago=61), "none"),
    full("delivered late, the window stays open for the grace", "R2",
         case("card_code", SEALED, **MIND, paid_ago=400, delivered_ago=60), "none", "PT10M"),
    full("manual delivery has no window", "R2",
         case("card_code", SEALED, **MIND, delivery_mode="manual", paid_ago=60), "none"),
    no("a revealed code has no window", "R4", case("card_code", OPENED, **MIND, paid_ago=60)),
    person("sealed with an issuer that does not answer goes to a person", "R2",
           case("card_code", {"revealed": False, "issuer_status": "unknown"}, **MIND, paid_ago=60)),
    # the seal (R3)
    full("sealed on the seventh day", "R3", case("card_code", SEALED, **MIND, paid_ago=7 * DAY), "none"),
    full("sealed to the end of the seventh day", "R3", case("card_code", SEALED, **MIND, paid_ago=7 * DAY + 12 * HOUR),
         "none"),
    no("sealed on the eighth day", "R3", case("card_code", SEALED, **MIND, paid_ago=7 * DAY + 12 * HOUR + 1)),
    no("sealed, never asked, on the ninth day, unknown reason", "R3",
       case("card_code", SEALED, reason_claimed=None, evidence=[], paid_ago=9 * DAY)),
    no("sealed and late with an issuer that does not answer is over too", "R3",
       case("card_code", {"revealed": False, "issuer_status": "unknown"}, **MIND, paid_ago=9 * DAY)),
    full("the seller takes a sealed code back after seven days", "R12",
         case("card_code", SEALED, **MIND, **answer("agree_full"), paid_ago=9 * DAY), "none"),
    full("a pre-ticked exclusion changes nothing for a sealed code", "R3",
         case("card_code", SEALED, **MIND, **PRETICKED, paid_ago=DAY), "none"),
    full("own goods sealed are taken back", "R3", case("card_code", SEALED, **MIND, **OWN, paid_ago=DAY), "none"),
    evidence("a defect nobody can have seen after seven days needs proof", "R11",
             case("card_code", SEALED, evidence=[], paid_ago=9 * DAY)),
    full("delivered later than promised and sealed is the seller's", "R1",
         case("card_code", SEALED, **MIND, paid_ago=20 * DAY, delivered_ago=19 * DAY, promised_delivery_hours=2), "seller"),
    # mistakes (R24)
    full("first mistake with a sealed code is free", "R24", case("card_code", SEALED, **SLIP, paid_ago=DAY), "none"),
    part("second mistake costs two per cent", "R24", case("card_code", SEALED, **SLIP, **ONCE, paid_ago=DAY), 9_800, "buyer"),
    part("the fee is at most five yuan", "R24",
         case("card_code", SEALED, **SLIP, **ONCE, paid_ago=DAY, amount_paid_fen=25_100, requested_fen=25_100),
         24_600, "buyer"),
    part("the fee is rounded down", "R24",
         case("card_code", SEALED, **SLIP, **ONCE, paid_ago=DAY, amount_paid_fen=149, requested_fen=149), 147, "buyer"),
    no("a mistake with a revealed code cannot be undone", "R4", case("card_code", OPENED, **SLIP)),
    no("a mistake noticed after seven days", "R3", case("card_code", SEALED, **SLIP, paid_ago=9 * DAY)),
    # the reveal (R4)
    no("revealed and unused, changed mind", "R4", case("card_code", OPENED, **MIND, paid_ago=DAY)),
    no("revealed, issuer silent, changed mind", "R4",
       case("card_code", {"revealed": True, "issuer_status": "unknown"}, **MIND, paid_ago=DAY)),
    person("revealed, but the exclusion was pre-ticked", "R18", case("card_code", OPENED, **MIND, **PRETICKED, paid_ago=DAY)),
    no("revealed, exclusion missing, after seven days", "R4",
       case("card_code", OPENED, **MIND, terms={"no_reason_excluded_confirmed": False}, paid_ago=9 * DAY)),
    full("an EU buyer who never gave up withdrawal", "EU 2011/83 16(m)",
         case("card_code", OPENED, **MIND, **EU_MISSING, paid_ago=13 * DAY), "none"),
    no("an EU buyer after fourteen days", "EU 2011/83 9", case("card_code", OPENED, **MIND, **EU_MISSING, paid_ago=16 * DAY)),
    full("every reveal failed, by the platform's own log", "R1",
         case("card_code", {"revealed": False, "issuer_status": "unused", "reveal_errors": 1}, reason_claimed="cannot_use",
              evidence=[]), "platform", "PT10M"),
    person("whether it was shown is not known", "R4",
           case("card_code", {"revealed": None, "issuer_status": "unused"}, **MIND, paid_ago=DAY)),
    # activation (R5)
    full("activated one second before the reveal", "R5", case("card_code", BEFORE), "seller"),
    full("activated before the reveal, own goods", "R5", case("card_code", BEFORE, **OWN), "platform"),
    full("the log needs no evidence from the buyer", "R11", case("card_code", BEFORE, evidence=[]), "seller"),
    full("a log is worth more than the seller's refusal or forged extras", "R5", case("card_code", BEFORE, evidence=FORGED),
         "seller"),
    full("activated though never shown", "R5",
         case("card_code", {"revealed": False, "issuer_status": "activated"}, evidence=[]), "seller"),
    full("only the order of the two is known", "R5",
         case("card_code", {"issuer_status": "activated", "activated_relative_to_reveal": "before"}), "seller"),
    person("activated before the reveal by the buyer's account contradicts itself", "R5",
           case("card_code", used("2026-11-18T10:59:59+08:00", "buyer_bound_account"))),
    no("activated one second after the reveal by the buyer", "R5", case("card_code", AFTER_MINE)),
    no("the same with no evidence", "R5", case("card_code", AFTER_MINE, evidence=[], reason_claimed="not_received")),
    person("activated in the same second", "R5", case("card_code", SAME)),
    person("activated after the reveal by somebody else", "R5", case("card_code", AFTER_OTHER)),
    person("activated after the reveal, account unknown", "R5",
           case("card_code", used("2026-11-18T11:00:01+08:00", None))),
    person("activated, time unknown", "R5", case("card_code", {"issuer_status": "activated"})),
    no("activated by somebody, but the buyer only changed his mind", "R4", case("card_code", AFTER_OTHER, **MIND)),
    full("sold twice and used by the other buyer after the reveal", "R5",
         case("card_code", {**AFTER_OTHER, "fingerprint_seen_in_other_order": True}), "seller"),
    no("sold twice says nothing once this buyer has used it", "R5",
       case("card_code", {**AFTER_MINE, "fingerprint_seen_in_other_order": True})),
    full("an agreeing seller may take back a used code", "R12", case("card_code", AFTER_MINE, **answer("agree_full")), "seller"),
    no("a replacement that worked settles it", "R5", case("card_code", {**AFTER_MINE, "replacement_of_first_code": True},
                                                          reason_claimed="other")),
    no("even when the seller now seems to agree to more", "R5",
       case("card_code", {**AFTER_MINE, "replacement_of_first_code": True}, **answer("agree_full"))),
    # defects the issuer confirms (R6)
    full("the issuer says invalid", "R6", case("card_code", {"issuer_status": "invalid"}, evidence=[]), "seller"),
    full("the issuer says locked, own goods", "R6", case("card_code", {"issuer_status": "locked"}, **OWN), "platform"),
    full("a dead code is a defect whatever reason was picked", "R6", case("card_code", {"issuer_status": "invalid"}, **MIND),
         "seller"),
    part("short face value, used", "R6",
         case("card_code", {**AFTER_MINE, "face_value_ordered_fen": 5_000, "face_value_real_fen": 3_000}), 4_000, "seller"),
    full("short face value, unused", "R6",
         case("card_code", {**OPENED, "face_value_ordered_fen": 5_000, "face_value_real_fen": 3_000}), "seller"),
    no("face value as ordered, used", "R6",
       case("card_code", {**AFTER_MINE, "face_value_ordered_fen": 5_000, "face_value_real_fen": 5_000},
            reason_claimed="amount_short")),
    evidence("short by claim only, used", "R11", case("card_code", AFTER_MINE, reason_claimed="amount_short", evidence=[])),
    part("three of seven codes were dead: rounded up", "R7",
         case("card_code", {"issuer_status": "mixed", "codes_total": 7, "codes_activated_before_reveal": 3}), 4_286, "seller"),
    full("all codes were dead", "R5",
         case("card_code", {"issuer_status": "mixed", "codes_total": 3, "codes_activated_before_reveal": 3}), "seller"),
    person("codes differ and nobody has counted", "R5", case("card_code", {"issuer_status": "mixed"})),
    part("two of five codes never came", "R1",
         case("card_code", {"revealed": True, "codes_total": 5, "codes_delivered": 3}, delivery_state="partial"),
         4_000, "seller", "PT10M"),
    part("a buyer who asks for less gets what was asked", "R6",
         case("card_code", {"issuer_status": "invalid"}, requested_fen=2_500), 2_500, "seller"),
    # evidence and hearing (R11, R12)
    evidence("no proof at all", "R11", case("card_code", evidence=[])),
    evidence("a crop without time", "R11", case("card_code", evidence=CROPPED)),
    evidence("a silent seller does not replace proof", "R12", case("card_code", evidence=[], **answer("silent", 30))),
    evidence("order and payment shots show no defect", "R11", case("card_code", evidence=good("order_screenshot", "payment_proof"))),
    no("the time to add proof is over", "R11", case("card_code", evidence=CROPPED, other={"evidence_deadline_passed": True})),
    no("tampered proof", "R11", case("card_code", evidence=FORGED)),
    no("proof used in another order", "R11", case("card_code", evidence=REUSED)),
    no("forged proof beats the agreement it led to", "R11", case("card_code", evidence=FORGED, **answer("agree_full"))),
    full("forged proof does not matter for a sealed code", "R3", case("card_code", SEALED, evidence=FORGED, paid_ago=DAY), "none"),
    seller("the seller was never asked", "R12", case("card_code", **answer("not_contacted"))),
    seller("the seller has answered nothing for 23 hours", "R12", case("card_code", **answer("waiting", 23))),
    seller("a silent seller of 23 hours is still in time", "R12", case("card_code", **answer("silent", 23))),
    full("a waiting seller of 25 hours is silent", "R12", case("card_code", **answer("waiting", 25)), "seller"),
    full("silent for exactly 24 hours", "R12", case("card_code", **answer("silent", 24)), "seller"),
    full("the seller blocked the buyer", "R12", case("card_code", **answer("blocked", 1)), "seller"),
    seller("the seller offers a replacement", "R12", case("card_code", **answer("offer_replacement", 1))),
    full("the seller agrees", "R12", case("card_code", evidence=[], **answer("agree_full", 1)), "seller"),
    part("both agree on a part", "R12", case("card_code", requested_fen=3_000, **answer("agree_partial", 1)), 3_000, "seller"),
    part("the offer covers the sum asked", "R12",
         case("card_code", requested_fen=3_000, **answer("agree_partial", 1, offered_fen=4_000)), 3_000, "seller"),
    expert("an offer below the sum asked is no agreement", "R12",
           case("card_code", requested_fen=5_000, **answer("agree_partial", 1, offered_fen=4_000))),
    expert("proof against the seller's word", "R5", case("card_code", **answer("claims_fulfilled", 3))),
    expert("own goods, proof against an unknown log", "R17", case("card_code", **OWN)),
    expert("description in dispute", "R17", case("card_code", OPENED, reason_claimed="not_as_described",
                                                evidence=good("listing_snapshot", "error_screenshot", "seller_chat"))),
    expert("used by the buyer, but the account was banned for the code", "R17",
           case("card_code", AFTER_MINE, reason_claimed="account_banned", evidence=good("official_ban_notice"))),
    person("own goods never asked go to the platform, not to a seller", "R21",
           case("card_code", seller_type="self_operated", **answer("not_contacted"))),
    person("abnormal history and nothing but the buyer's proof", "R13",
           case("card_code", buyer={"orders_90d": 5, "refunds_90d": 4}, **answer("silent", 30))),
    full("abnormal history changes nothing that a log proves", "R13",
         case("card_code", BEFORE, buyer={"orders_90d": 5, "refunds_90d": 4}), "seller"),
    # minors (R16)
    full("a child of seven, revealed code", "R16",
         case("card_code", AFTER_MINE, reason_claimed="minor", evidence=GUARDIAN, buyer={"is_minor": True, "age": 7}), "seller"),
    full("a minor's sealed code just goes back", "R3",
         case("card_code", SEALED, reason_claimed="minor", evidence=[], paid_ago=DAY), "none"),
]  # fmt: skip
