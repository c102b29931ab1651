// The whole check of a bundle in the browser: the same things in the same order as verify.py, with the same codes.
import { Archive, Refused, shown } from "./archive.js";
import { hex, sha256 } from "./digest.js";
import { balancesOf, postingsOf } from "./ledger.js";
import { fingerprint, isIncluded, readCheckpoint, readJson, readKey, readNote, readProof, signedBy, utf8, written } from "./texts.js";

const FIELDS = ["absent", "case", "covered", "events", "files", "format", "order"];
const WORDS_FIELDS = ["text_sha256", "note_sha256", "link_sha256"];
const eventName = (n) => `events/${String(n).padStart(4, "0")}.json`;
const moment = (seconds) => { try { return new Date(seconds * 1000).toISOString(); } catch (error) { return String(seconds); } };

// Checks a file that the reader chose; `trust` has the keys of the log and of witnesses, as lists of vkeys.
export async function checkBundle(blob, trust) {
  const lines = [];
  const report = {
    lines,
    ok: (code, data = {}) => lines.push({ kind: "ok", code, data }),
    note: (code, data = {}) => lines.push({ kind: "note", code, data }),
    fault: (code, data = {}) => lines.push({ kind: "fault", code, data }),
  };
  await attempt(report, async () => check(await Archive.open(blob), trust, report));
  return lines;
}

async function attempt(report, step) {
  try {
    await step();
  } catch (error) {
    if (error instanceof Refused) { report.fault(error.code, error.data); } else { report.fault("bad_field", { name: shown(error.message) }); }
  }
}

async function check(bundle, trust, report) {
  const manifest = readJson("manifest.json", await bundle.text("manifest.json"));
  if (manifest.format !== "tuidan-bundle-1" || written(Object.keys(manifest).sort()) !== written(FIELDS)) {
    throw new Refused("unknown_format", { told: shown(manifest.format) });
  }
  await checkFiles(bundle, manifest, report);
  await attempt(report, () => checkListSigned(bundle, manifest, trust, report));
  report.note("about", { order: shown(manifest.order), case: manifest.case, count: manifest.events });
  await attempt(report, () => checkEvents(bundle, manifest, report));
  if (!manifest.covered) { report.fault("not_in_log"); return; }
  await attempt(report, () => checkSignatures(bundle, trust, report));
  report.note(bundle.entries.has("checkpoint.tsr") ? "token_elsewhere" : "no_token");
}

async function checkFiles(bundle, manifest, report) {
  let right = true;
  const wrong = (code, data) => { right = false; report.fault(code, data); };
  for (const [name, entry] of bundle.entries) {
    const [digest, whole] = await bundle.sha256(name);
    const told = Object.hasOwn(manifest.files, name) ? manifest.files[name] : null;
    if (!told && !/^manifest\.(?:json|note)$/.test(name)) { wrong("file_not_listed", { name }); continue; }
    if (told && (told.sha256 !== digest || told.size !== entry.size || Object.keys(told).length !== 2)) {
      wrong("file_changed", { name });
    } else if (!whole) {
      wrong("zip_changed", { place: name });
    }
  }
  for (const name of Object.keys(manifest.files)) {
    if (!bundle.entries.has(name)) { wrong("missing_file", { name: shown(name) }); }
  }
  if (right) { report.ok("files_hold", { count: bundle.entries.size }); }
}

async function checkEvents(bundle, manifest, report) {
  const events = await readEvents(bundle, manifest.order, report);
  if (events.length !== manifest.events) { report.fault("event_count", { told: manifest.events, count: events.length }); }
  if (manifest.covered) { await attempt(report, () => checkProof(bundle, manifest, events, report)); }
  await attempt(report, () => checkListing(bundle, events, report));
  await attempt(report, () => checkPolicy(bundle, events, report));
  await attempt(report, () => checkLedger(bundle, manifest.order, events, report));
  await attempt(report, () => checkDecisions(bundle, manifest.order, events, report));
  await attempt(report, () => checkWords(bundle, events, report));
  await attempt(report, () => checkEvidence(bundle, manifest, events, report));
}

async function readEvents(bundle, order, report) {
  const told = (await bundle.text("events/chain.txt")).split("\n").slice(0, -1).map((line, at) => {
    const match = /^([1-9][0-9]{0,7}) ([0-9a-f]{64})$/.exec(line);
    if (!match || Number(match[1]) !== at + 1) { throw new Refused("bad_chain_list", { n: at + 1 }); }
    return match[2];
  });
  const count = [...bundle.entries.keys()].filter((name) => /^events\/.*\.json$/.test(name)).length;
  const found = [];
  let before = new Uint8Array(32), whole = true;
  for (let n = 1; n <= Math.max(count, told.length); n += 1) {
    if (!bundle.entries.has(eventName(n))) { throw new Refused("event_missing", { n }); }
    if (n > told.length) { throw new Refused("event_added", { n }); }
    const body = await bundle.read(eventName(n)), text = new TextDecoder().decode(body);
    before = sha256(before, body);
    if (hex(before) !== told[n - 1]) {
      whole = false;
      report.fault("event_changed", { n });
      await nameSwap(bundle, n, text, report);
      before = Uint8Array.from(told[n - 1].match(/../g), (pair) => parseInt(pair, 16));
      continue;
    }
    const event = readJson(eventName(n), text, false);
    if (whole && (event.n !== n || event.order !== order)) { throw new Refused("event_misplaced", { n, told: shown(event.n) }); }
    found.push({ n, kind: event.kind, at: event.at, data: event.data ?? {}, hash: hex(before) });
  }
  if (!whole) { throw new Refused("chain_broken"); }
  if (!found.length) { throw new Refused("no_events"); }
  report.ok("chain_holds", { count: found.length, head: found.at(-1).hash });
  return found;
}

async function nameSwap(bundle, n, text, report) {
  const numberIn = (told) => { try { return JSON.parse(told).n; } catch (error) { return 0; } };
  const other = numberIn(text);
  if (other > n && bundle.entries.has(eventName(other)) && numberIn(await bundle.text(eventName(other))) === n) {
    report.fault("events_swapped", { n, other });
  }
}

async function checkProof(bundle, manifest, events, report) {
  const entry = await bundle.text("head.entry"), told = readJson("head.entry", entry), last = events.at(-1);
  if (told.v !== 1 || told.order !== manifest.order || Object.keys(told).length !== 4) { throw new Refused("head_foreign"); }
  if (told.n > last.n) { throw new Refused("event_missing", { n: last.n + 1 }); }
  if (told.n !== manifest.covered || events[told.n - 1]?.hash !== told.hash) { throw new Refused("head_differs", { n: told.n }); }
  const proof = readProof(await bundle.text("head.tlog-proof")), signed = readNote(await bundle.text("checkpoint"));
  if (readNote(proof.note).text !== signed.text) { throw new Refused("proof_of_other_checkpoint"); }
  const head = readCheckpoint(signed.text), at = { index: proof.index, size: head.size };
  if (!isIncluded(utf8(entry), proof.index, head.size, proof.path, head.root)) { throw new Refused("proof_fails", at); }
  report.ok("proof_holds", { ...at, n: told.n });
  if (told.n < last.n) { report.fault("not_covered_yet", { first: told.n + 1, last: last.n }); }
}

async function checkSignatures(bundle, trust, report) {
  const note = readNote(await bundle.text("checkpoint")), newer = readNote(readProof(await bundle.text("head.tlog-proof")).note);
  const origin = readCheckpoint(note.text).origin, own = await bundle.text("log.vkey");
  const told = trust.logs.map(readKey).filter((key) => !key.name.endsWith("/receipts"));
  const keys = told.length ? told : [readKey(own)];
  let signer = null;
  for (const key of keys) {
    if (key.kind === 1 && key.name === origin && await signedBy(note, key) !== null) { signer = key; break; }
  }
  if (!signer || await signedBy(newer, signer) === null) { throw new Refused("not_signed_by_log", { name: keys[0].name }); }
  report.ok("signature_holds", { name: signer.name });
  if (!told.length) { report.note("key_as_told", { name: signer.name, fingerprint: fingerprint(signer) }); }
  for (const key of trust.witnesses.map(readKey)) {
    const at = await signedBy(newer, key);
    if (at === null || key.kind !== 4) { report.fault("witness_missing", { name: key.name }); } else { report.ok("witness_holds", { name: key.name, at: moment(at) }); }
  }
  if (trust.witnesses.length || !bundle.entries.has("policy.txt")) { return; }
  for (const line of (await bundle.text("policy.txt")).split("\n").map((told) => told.split(/\s+/))) {
    if (line[0] !== "witness" || line.length < 3) { continue; }
    const key = readKey(line[2]), at = await signedBy(newer, key);
    if (at !== null) { report.note("witness_as_told", { name: key.name, at: moment(at), fingerprint: fingerprint(key) }); }
  }
}

async function checkListSigned(bundle, manifest, trust, report) {
  const note = readNote(await bundle.text("manifest.note")), own = readKey(await bundle.text("desk.vkey"));
  const text = `tuidan.bundle/1\n${manifest.order}\n${manifest.case}\n${(await bundle.sha256("manifest.json"))[0]}\n`;
  const told = trust.logs.map(readKey).filter((key) => key.name === own.name);
  let signer = null;
  for (const key of told.length ? told : [own]) {
    if (!signer && key.kind === 1 && await signedBy(note, key) !== null) { signer = key; }
  }
  if (!signer || note.text !== text) { throw new Refused("list_not_signed", { name: own.name }); }
  report.ok("list_signed", { name: signer.name });
  if (!told.length) { report.note("desk_as_told", { name: signer.name, fingerprint: fingerprint(signer) }); }
}

async function checkListing(bundle, events, report) {
  if (events[0].kind !== "order_placed") { throw new Refused("not_an_order"); }
  const listing = await bundle.read("listing.json");
  if (hex(sha256(listing)) !== events[0].data.snapshot_sha256) { throw new Refused("listing_differs"); }
  const title = readJson("listing.json", new TextDecoder().decode(listing)).title;
  report.ok("listing_holds", { title: String(title ?? "").slice(0, 80) });
}

async function checkPolicy(bundle, events, report) {
  const pinned = events[0].data.policy_sha256, names = [...bundle.entries.keys()].filter((name) => name.startsWith("policy/"));
  for (const name of names) {
    if (name !== `policy/${pinned}.json`) { throw new Refused("policy_foreign", { name }); }
    if ((await bundle.sha256(name))[0] !== pinned) { throw new Refused("policy_changed", { name }); }
  }
  if (!names.length) { throw new Refused("missing_file", { name: `policy/${pinned}.json` }); }
  report.ok("policy_holds", { sha256: pinned });
}

async function checkLedger(bundle, order, events, report) {
  const ledger = readJson("ledger.json", await bundle.text("ledger.json")), due = postingsOf(events);
  const told = ledger.postings.map((row) => [row.event, row.debit, row.credit, row.amount_fen]);
  for (let at = 0; at < Math.max(due.length, told.length); at += 1) {
    if (written(due[at] ?? null) === written(told[at] ?? null)) { continue; }
    if (!due[at]) { throw new Refused("posting_added", { n: at + 1, event: shown(told[at][0]), told: shown(told[at][3]) }); }
    if (!told[at]) { throw new Refused("posting_missing", { event: due[at][0], due: due[at][3] }); }
    throw new Refused("posting_differs", { n: at + 1, event: due[at][0], told: shown(told[at][3]), due: due[at][3] });
  }
  if (written(ledger.balances) !== written(balancesOf(due))) { throw new Refused("balances_differ"); }
  const right = ledger.order === order && ledger.currency === events[0].data.currency && Object.keys(ledger).length === 4;
  if (!right) { throw new Refused("ledger_foreign"); }
  const sum = (rows) => rows.reduce((total, row) => total + row[3], 0);
  const paid = sum(due.filter((row) => row[1].startsWith("channel:"))), back = sum(due.filter((row) => /^(?:channel|bank):/.test(row[2])));
  report.ok("ledger_holds", { count: due.length, paid, back });
}

async function checkDecisions(bundle, order, events, report) {
  let count = 0;
  for (const name of [...bundle.entries.keys()].filter((one) => /^decision-\d+\.json$/.test(one))) {
    const told = readJson(name, await bundle.text(name));
    if (told.order !== order || name !== `decision-${told.case}.json`) { throw new Refused("decision_differs", { name, n: 0 }); }
    for (const ruling of told.rulings) {
      const event = events[ruling.event - 1];
      const right = event && (event.data.case ?? 0) === told.case && ruling.kind === event.kind && event.data.verdict
        && written(ruling.verdict) === written(event.data.verdict);
      if (!right) { throw new Refused("decision_differs", { name, n: shown(ruling.event) }); }
      count += 1;
    }
    await checkFacts(bundle, name.replace(".json", ".facts.jsonl"), events);
  }
  if (count) { report.ok("decisions_hold", { count }); }
}

async function checkFacts(bundle, name, events) {
  if (!bundle.entries.has(name)) { return; }
  const placed = events[0].data;
  for (const line of (await bundle.text(name)).split("\n").slice(0, -1)) {
    const told = readJson(name, line, false), facts = told.facts ?? {}, at = events[told.event - 1]?.at;
    const right = facts.now === at && placed.unit_paid_fen.includes(facts.amount_paid_fen)
      && facts.goods_kind === placed.goods_kind && facts.seller_type === placed.seller_type;
    if (!right) { throw new Refused("facts_differ", { name, n: shown(told.event) }); }
  }
}

async function checkWords(bundle, events, report) {
  let held = 0;
  const hold = async (name, n, hashes) => {
    if (!hashes.includes((await bundle.sha256(name))[0])) { throw new Refused("words_differ", { n, name }); }
    held += 1;
  };
  for (const event of events) {
    const name = `words/${String(event.n).padStart(4, "0")}.txt`, hashes = WORDS_FIELDS.map((field) => event.data[field]).filter(Boolean);
    if (bundle.entries.has(name)) { await hold(name, event.n, hashes); } else if (hashes.length) { report.note("words_absent", { n: event.n }); }
  }
  if (bundle.entries.has("words/account.txt")) { await hold("words/account.txt", 1, [events[0].data.account_proof]); }
  if ([...bundle.entries.keys()].filter((name) => name.startsWith("words/")).length !== held) { throw new Refused("words_of_nothing"); }
  if (held) { report.ok("words_hold", { count: held }); }
}

async function checkEvidence(bundle, manifest, events, report) {
  const named = new Map(), absent = new Map(manifest.absent.map((row) => [row.sha256, row.why]));
  for (const event of events.filter((one) => one.kind === "exhibit_filed")) {
    for (const one of [event.data.file_sha256, event.data.files, event.data.cleaned].flat().filter(Boolean)) { named.set(one, event.n); }
  }
  let held = 0;
  for (const name of [...bundle.entries.keys()].filter((one) => one.startsWith("evidence/"))) {
    const told = name.slice("evidence/".length);
    if ((await bundle.sha256(name))[0] !== told) { throw new Refused("evidence_changed", { name }); }
    if (!named.has(told)) { throw new Refused("evidence_of_nothing", { name }); }
    held += 1;
  }
  for (const [digest, n] of named) {
    if (bundle.entries.has(`evidence/${digest}`)) { continue; }
    if (!absent.has(digest)) { throw new Refused("evidence_missing", { n, name: `evidence/${shown(digest)}` }); }
    report.note(`evidence_absent_${absent.get(digest)}`, { n, sha256: shown(digest) });
  }
  if (held) { report.ok("evidence_holds", { count: held }); }
}
