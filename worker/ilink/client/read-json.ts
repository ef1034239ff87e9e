/** 64-bit ids, which are JSON numbers and do not fit into a double. Quotes inside a string are escaped, so only fields match. */
const bareId = /"(message_id|msg_id|svr_id)"(\s*:\s*)(\d{1,20})(?=\s*[,}\]])/g

/** Parses a response of iLink with its 64-bit ids as strings. @throws SyntaxError or RangeError */
export function readWireJson(text: string): unknown {
  return JSON.parse(text.replace(bareId, '"$1"$2"$3"'))
}
