// Reads the ZIP of a bundle from a file that the reader chose, in the one form in which it is written:
// files stored, every other byte known beforehand. Only slices are read, so a large file does not fill the memory.
import { Sha256, crc32 } from "./digest.js";

const LOCAL = 30, CENTRAL = 46, END = 22, DATE = 0x21, VERSION = 20;
const ENTRIES_MAX = 20000, DIRECTORY_MAX = 8e6, TEXT_MAX = 16e6, PIECE = 4 << 20;
const KNOWN = new RegExp("^(?:" + [
  "README\\.txt", "index\\.html", "index\\.css", "manifest\\.(?:json|note)", "verify\\.py", "(?:log|desk)\\.vkey", "policy\\.txt",
  "checkpoint", "checkpoint\\.tsr", "tsa-ca\\.pem", "head\\.entry", "head\\.tlog-proof", "ledger\\.json",
  "listing\\.json", "decision-[0-9]{1,6}\\.json", "decision-[0-9]{1,6}\\.facts\\.jsonl", "events/[0-9]{4,8}\\.json",
  "events/chain\\.txt", "policy/[0-9a-f]{64}\\.json", "words/(?:[0-9]{4,8}|account)\\.txt", "evidence/[0-9a-f]{64}",
].join("|") + ")$");

export class Refused extends Error {
  constructor(code, data = {}) { super(code); this.code = code; this.data = data; }
}

function localHeader(name, size, crc) {
  const bytes = new Uint8Array(LOCAL + name.length), view = new DataView(bytes.buffer);
  view.setUint32(0, 0x04034b50, true);
  common(view, 4, name.length, size, crc);
  bytes.set(name, LOCAL);
  return bytes;
}

function centralHeader(name, size, crc, offset) {
  const bytes = new Uint8Array(CENTRAL + name.length), view = new DataView(bytes.buffer);
  view.setUint32(0, 0x02014b50, true);
  view.setUint16(4, VERSION, true);
  common(view, 6, name.length, size, crc);
  view.setUint32(42, offset, true);
  bytes.set(name, CENTRAL);
  return bytes;
}

// Version, flags, method, time, date, sums and lengths: the same in both headers.
function common(view, at, nameLength, size, crc) {
  view.setUint16(at, VERSION, true);
  view.setUint16(at + 8, DATE, true);
  view.setUint32(at + 10, crc, true);
  view.setUint32(at + 14, size, true);
  view.setUint32(at + 18, size, true);
  view.setUint16(at + 22, nameLength, true);
}

function same(one, other) {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

// A name for the report: short, and without signs that could play tricks on a screen.
export function shown(name) {
  const text = String(name).replace(/[^\x20-\x7e]/g, (sign) => "\\u" + sign.charCodeAt(0).toString(16).padStart(4, "0"));
  return text.length <= 120 ? text : text.slice(0, 117) + "...";
}

export class Archive {
  static async open(blob) {
    const archive = new Archive();
    archive.blob = blob;
    archive.entries = await archive.directory();
    return archive;
  }

  async at(offset, size) {
    return new Uint8Array(await this.blob.slice(offset, offset + size).arrayBuffer());
  }

  async directory() {
    const length = this.blob.size;
    if (length < END) { throw new Refused("not_a_zip"); }
    const end = await this.at(length - END, END), view = new DataView(end.buffer);
    if (view.getUint32(0, true) !== 0x06054b50) { throw new Refused("not_a_zip"); }
    const count = view.getUint16(10, true), size = view.getUint32(12, true), offset = view.getUint32(16, true);
    if (size > DIRECTORY_MAX || count > ENTRIES_MAX) { throw new Refused("too_many_files", { most: ENTRIES_MAX }); }
    const again = view.getUint32(4, true) === 0 && view.getUint16(8, true) === count && view.getUint16(20, true) === 0;
    if (!again || offset + size + END !== length) { throw new Refused("zip_changed", { place: "end record" }); }
    const listed = await this.at(offset, size), found = new Map();
    let at = 0, expected = 0;
    for (let n = 0; n < count; n += 1) {
      const [name, entry] = await this.entry(listed, at, expected);
      if (found.has(name)) { throw new Refused("twice", { name }); }
      found.set(name, entry);
      at += CENTRAL + name.length;
      expected = entry.offset + entry.size;
    }
    if (at !== size || expected !== offset) { throw new Refused("zip_changed", { place: "central directory" }); }
    return found;
  }

  async entry(listed, at, expected) {
    if (listed.length - at < CENTRAL) { throw new Refused("zip_changed", { place: "central directory" }); }
    const view = new DataView(listed.buffer, listed.byteOffset + at, CENTRAL);
    const size = view.getUint32(24, true), crc = view.getUint32(16, true);
    const raw = listed.subarray(at + CENTRAL, at + CENTRAL + view.getUint16(28, true));
    const name = String.fromCharCode(...raw);
    if (!KNOWN.test(name)) { throw new Refused("unknown_file", { name: shown(name) }); }
    if (view.getUint16(10, true) !== 0 || view.getUint32(20, true) !== size) { throw new Refused("packed", { name }); }
    const header = localHeader(raw, size, crc), again = centralHeader(raw, size, crc, expected);
    const right = same(listed.subarray(at, at + again.length), again) && same(await this.at(expected, header.length), header);
    if (!right) { throw new Refused("zip_changed", { place: name }); }
    return [name, { offset: expected + header.length, size, crc }];
  }

  // SHA-256 (hex) of a file, and whether the ZIP's own sum of it holds.
  async sha256(name) {
    const entry = this.entries.get(name), digest = new Sha256();
    let crc = 0;
    for (let at = 0; at < entry.size; at += PIECE) {
      const piece = await this.at(entry.offset + at, Math.min(PIECE, entry.size - at));
      digest.update(piece);
      crc = crc32(piece, crc);
    }
    return [digest.hex(), crc === entry.crc];
  }

  async read(name) {
    const entry = this.entries.get(name);
    if (!entry) { throw new Refused("missing_file", { name }); }
    if (entry.size > TEXT_MAX) { throw new Refused("too_large", { name, most: TEXT_MAX }); }
    return this.at(entry.offset, entry.size);
  }

  async text(name) {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await this.read(name));
    } catch (error) {
      throw error instanceof Refused ? error : new Refused("not_json", { name });
    }
  }
}
