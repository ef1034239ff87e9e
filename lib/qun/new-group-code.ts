/** 32 characters that no font confuses. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** Returns a new 群号代码: base64 of 20 random characters, 100 bits, because the code is the proof of the owner. */
export function newGroupCode(): string {
  const drawn = crypto.getRandomValues(new Uint8Array(20))
  return btoa([...drawn].map((byte) => alphabet[byte % alphabet.length]).join(''))
}
