// Which postings an event makes: the platform's rule, told again so that the ledger of a bundle is believed in nothing.
const ESCROW = "escrow", OVERPAID = "overpaid", CHARGEBACK = "chargeback", SUSPENSE = "suspense";
const ADVANCE = "platform:advance", SETTLED = "seller:settled_out", FEES = "platform:fees", RECEIVABLE = "buyer:receivable";
const BANK = "bank:clearing";
const channel = (data) => `channel:${data.channel}:clearing`;
const payable = (data) => `refund:payable:${data.refund}`;
const compensation = (data) => `compensation:payable:${data.payout}`;
const one = (debit, credit) => (data) => [[name(debit, data), name(credit, data), data.amount_fen ?? 0]];
const name = (told, data) => (typeof told === "string" ? told : told(data));

const RULES = {
  payment_captured: one(channel, ESCROW),
  payment_unexpected: one(channel, OVERPAID),
  refund_decided: (data) => [
    [ESCROW, payable(data), data.from_escrow_fen ?? 0],
    [ADVANCE, payable(data), data.from_advance_fen ?? 0],
    [OVERPAID, payable(data), data.from_overpaid_fen ?? 0],
    [CHARGEBACK, payable(data), data.from_chargeback_fen ?? 0],
    [ESCROW, FEES, data.fee_fen ?? 0],
  ],
  refund_succeeded: one(payable, channel),
  refund_unexpected: one(SUSPENSE, channel),
  charged_back: one(CHARGEBACK, channel),
  refund_outside: one(CHARGEBACK, channel),
  refund_charged_back: one(payable, CHARGEBACK),
  refund_reduced: one(payable, CHARGEBACK),
  chargeback_doubled: one(SUSPENSE, CHARGEBACK),
  order_released: one(ESCROW, SETTLED),
  advance_recovered: one(SETTLED, ADVANCE),
  money_recalled: one(RECEIVABLE, SETTLED),
  money_repaid: one(BANK, RECEIVABLE),
  compensation_charged: one("seller:deposit", compensation),
  payout_confirmed: (data) => (data.refund
    ? [[payable(data), BANK, data.amount_fen]] : [[compensation(data), "bank:compensation", data.amount_fen]]),
};

// [event, debit, credit, fen] of all events, in order.
export function postingsOf(events) {
  return events.flatMap((event) => (Object.hasOwn(RULES, event.kind) ? RULES[event.kind](event.data) : [])
    .filter((posting) => posting[2]).map((posting) => [event.n, ...posting]));
}

export function balancesOf(postings) {
  const found = {};
  for (const [, debit, credit, fen] of postings) {
    found[debit] = (found[debit] ?? 0) + fen;
    found[credit] = (found[credit] ?? 0) - fen;
  }
  return found;
}
