/** Fields that are 64-bit numbers on the wire; strings here, because a double cannot represent them. */
const numberFields = /"(newMsgId|NewMsgId|msgId|MsgId)":"(\d+)"/g

/** Writes JSON in which 64-bit ids are numbers without quotes, as a gateway does. */
export function writeGatewayJson(value: unknown): string {
  // Quotes inside texts are escaped, so the pattern matches only fields.
  return JSON.stringify(value).replace(numberFields, '"$1":$2')
}

/** Splits a 64-bit id into two signed 32-bit numbers, as forwarders in JavaScript do. */
export function splitLong(id: string): { low: number; high: number; unsigned: boolean } {
  const value = BigInt(id)
  return { low: Number(BigInt.asIntN(32, value)), high: Number(BigInt.asIntN(32, value >> 32n)), unsigned: false }
}
