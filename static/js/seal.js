// Seals a text to the portal's public key; what comes out only the portal can open (core/crypto.py,
// open_letter): a key pair for this one text, ECDH on P-256, HKDF-SHA256, AES-256-GCM.
"use strict";

const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const textOf = (bytes) => {
  let text = "";
  for (const one of bytes) text += String.fromCharCode(one);
  return btoa(text);
};

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

async function sealed(key, text) {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const number = bytesOf(key).slice(0, 2);
  const point = bytesOf(key).slice(2);
  const theirs = await crypto.subtle.importKey("raw", point, curve, false, []);
  const own = await crypto.subtle.generateKey(curve, false, ["deriveBits"]);
  const ours = new Uint8Array(await crypto.subtle.exportKey("raw", own.publicKey));
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, own.privateKey, 256);
  const base = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const info = new TextEncoder().encode("jiedui letter");
  const cipher = await crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: joined(ours, point), info },
    base,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt"],
  );
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const head = joined(number, ours);
  const body = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv: nonce, additionalData: head },
    cipher,
    new TextEncoder().encode(text),
  );
  return textOf(joined(head, nonce, new Uint8Array(body)));
}
