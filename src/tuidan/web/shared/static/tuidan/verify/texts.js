// Signed notes, checkpoints and proofs in C2SP's texts, and JSON in canonical form: read strictly.
import { Refused } from "./archive.js";
import { hex, sha256 } from "./digest.js";

const ENCODER = new TextEncoder();
const ED25519 = 1, COSIGNATURE = 4;

export const utf8 = (text) => ENCODER.encode(text);

// Base64, and only in its one canonical form.
function decoded(told) {
  const raw = Uint8Array.from(atob(told), (sign) => sign.charCodeAt(0));
  if (btoa(String.fromCharCode(...raw)) !== told) { throw new Error(told); }
  return raw;
}

// Runs a reader; whatever it trips over is one refusal.
function reading(code, read) {
  try {
    return read();
  } catch (error) {
    throw new Refused(code);
  }
}

function must(right) { if (!right) { throw new Error("malformed"); } }

export function readKey(vkey) {
  return reading("bad_key", () => {
    const [, name, id, told] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(vkey.trim());
    const raw = decoded(told);
    must(raw.length === 33 && (raw[0] === ED25519 || raw[0] === COSIGNATURE));
    must(hex(sha256(utf8(name + "\n"), raw).subarray(0, 4)) === id);
    return { name, id, kind: raw[0], public: raw.subarray(1) };
  });
}

export function fingerprint(key) { return hex(sha256(key.public)).match(/.{8}/g).join(" "); }

export function readNote(told) {
  return reading("bad_checkpoint", () => {
    const cut = told.lastIndexOf("\n\n");
    must(cut >= 0 && told.endsWith("\n") && told.length > cut + 2);
    const signatures = told.slice(cut + 2, -1).split("\n").map((line) => {
      const [dash, name, rest, more] = line.split(" ");
      const raw = decoded(rest);
      must(dash === "\u2014" && name && more === undefined && raw.length >= 5);
      return { name, id: hex(raw.subarray(0, 4)), raw: raw.subarray(4) };
    });
    must(signatures.length <= 64);
    return { text: told.slice(0, cut + 1), signatures };
  });
}

export function readCheckpoint(text) {
  return reading("bad_checkpoint", () => {
    const [origin, size, root] = text.split("\n");
    must(/^(?:0|[1-9][0-9]{0,14})$/.test(size) && decoded(root).length === 32);
    return { origin, size: Number(size), root: decoded(root) };
  });
}

export function readProof(told) {
  return reading("bad_proof", () => {
    const cut = told.indexOf("\n\n"), [head, index, ...path] = told.slice(0, cut).split("\n");
    const found = /^index (0|[1-9][0-9]{0,14})$/.exec(index), hashes = path.map(decoded);
    must(cut > 0 && head === "c2sp.org/tlog-proof@v1" && path.length <= 64 && hashes.every((one) => one.length === 32));
    return { index: Number(found[1]), path: hashes, note: told.slice(cut + 2) };
  });
}

// null where the key has not signed; else when it did (seconds; 0 for a signature without a time).
export async function signedBy(note, key) {
  for (const line of note.signatures) {
    if (line.name !== key.name || line.id !== key.id) { continue; }
    let told = note.text, signature = line.raw, at = 0;
    if (key.kind === COSIGNATURE) {
      at = Number(new DataView(signature.buffer, signature.byteOffset).getBigUint64(0));
      signature = signature.subarray(8);
      told = `cosignature/v1\ntime ${at}\n${note.text}`;
    }
    if (!await verifies(key, signature, utf8(told))) { throw new Refused("bad_signature", { name: key.name }); }
    return at;
  }
  return null;
}

async function verifies(key, signature, told) {
  let ready;
  try {
    ready = await crypto.subtle.importKey("raw", key.public, { name: "Ed25519" }, false, ["verify"]);
  } catch (error) {
    throw new Refused("no_ed25519");
  }
  return crypto.subtle.verify({ name: "Ed25519" }, ready, signature, told);
}

export function isIncluded(entry, index, size, path, root) {
  if (index < 0 || index >= size) { return false; }
  let at = index, last = size - 1, found = sha256(Uint8Array.of(0), entry);
  const half = (value) => Math.floor(value / 2), node = (left, right) => sha256(Uint8Array.of(1), left, right);
  for (const sibling of path) {
    if (last === 0) { return false; }
    if (at % 2 || at === last) {
      found = node(sibling, found);
      while (at && at % 2 === 0) { at = half(at); last = half(last); }
    } else {
      found = node(found, sibling);
    }
    at = half(at); last = half(last);
  }
  return last === 0 && hex(found) === hex(root);
}

// The canonical text of a value: keys sorted, nothing between.
export function written(value) {
  if (Array.isArray(value)) { return `[${value.map(written).join(",")}]`; }
  if (value && typeof value === "object") {
    return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${written(value[key])}`).join(",")}}`;
  }
  return JSON.stringify(value);
}

export function readJson(name, told, canonical = true) {
  let value, again;
  try {
    value = JSON.parse(told);
    again = canonical ? written(value) : told;
  } catch (error) {
    throw new Refused("not_json", { name });
  }
  if (!value || typeof value !== "object" || Array.isArray(value) || again !== told) { throw new Refused("not_canonical", { name }); }
  return value;
}
