import { parse } from 'lossless-json'

/** Parses JSON with integers that a double cannot hold as texts, because a gateway sends 64-bit ids as bare numbers. @throws SyntaxError or RangeError */
export function readGatewayJson(text: string): unknown {
  return parse(text, undefined, readNumber)
}

function readNumber(text: string): number | string {
  const value = Number(text)
  return /^-?\d+$/.test(text) && !Number.isSafeInteger(value) ? text : value
}
