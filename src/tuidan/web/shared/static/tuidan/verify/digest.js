// SHA-256 and CRC-32 piece by piece: the browser's own digest wants a whole file at once, and evidence can be large.
const K = new Uint32Array(64), START = new Uint32Array(8), CRC = new Uint32Array(256);
for (let n = 0, candidate = 2; n < 64; candidate += 1) {
  let prime = true;
  for (let by = 2; by * by <= candidate; by += 1) { if (candidate % by === 0) { prime = false; } }
  if (!prime) { continue; }
  if (n < 8) { START[n] = fraction(Math.sqrt(candidate)); }
  K[n] = fraction(Math.cbrt(candidate));
  n += 1;
}
for (let n = 0; n < 256; n += 1) {
  let value = n;
  for (let bit = 0; bit < 8; bit += 1) { value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1; }
  CRC[n] = value >>> 0;
}

function fraction(root) { return ((root - Math.floor(root)) * 2 ** 32) >>> 0; }

export function crc32(bytes, before) {
  let crc = ~before;
  for (let at = 0; at < bytes.length; at += 1) { crc = CRC[(crc ^ bytes[at]) & 0xff] ^ (crc >>> 8); }
  return ~crc >>> 0;
}

export class Sha256 {
  constructor() {
    this.state = START.slice();
    this.block = new Uint8Array(64);
    this.held = 0;
    this.length = 0;
    this.words = new Uint32Array(64);
  }

  update(bytes) {
    this.length += bytes.length;
    for (let at = 0; at < bytes.length;) {
      const take = Math.min(64 - this.held, bytes.length - at);
      this.block.set(bytes.subarray(at, at + take), this.held);
      this.held += take;
      at += take;
      if (this.held === 64) { this.mix(); this.held = 0; }
    }
    return this;
  }

  mix() {
    const w = this.words, view = new DataView(this.block.buffer), s = this.state;
    for (let n = 0; n < 16; n += 1) { w[n] = view.getUint32(n * 4); }
    for (let n = 16; n < 64; n += 1) {
      const x = w[n - 15], y = w[n - 2];
      w[n] = w[n - 16] + w[n - 7] + (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = s;
    for (let n = 0; n < 64; n += 1) {
      const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[n] + w[n]) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((value, n) => { s[n] += value; });
  }

  bytes() {
    const bits = this.length * 8, tail = new Uint8Array((this.held < 56 ? 64 : 128) - this.held), view = new DataView(tail.buffer);
    tail[0] = 0x80;
    view.setUint32(tail.length - 8, Math.floor(bits / 2 ** 32));
    view.setUint32(tail.length - 4, bits >>> 0);
    this.update(tail);
    const out = new Uint8Array(32), told = new DataView(out.buffer);
    this.state.forEach((value, n) => told.setUint32(n * 4, value));
    return out;
  }

  hex() { return hex(this.bytes()); }
}

function turn(value, by) { return (value >>> by) | (value << (32 - by)); }

export function hex(bytes) { return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(""); }

export function sha256(...parts) {
  const digest = new Sha256();
  parts.forEach((part) => digest.update(part));
  return digest.bytes();
}
