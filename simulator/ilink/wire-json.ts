/** Fields that are 64-bit numbers on the wire; strings here, because a double cannot represent them. */
const numberFields = /"(message_id|msg_id|svr_id)":"(\d+)"/g

/** Writes JSON in which 64-bit ids are numbers without quotes, as iLink does. */
export function writeWireJson(value: unknown): string {
  // Quotes inside texts are escaped, so the pattern matches only fields.
  return JSON.stringify(value).replace(numberFields, '"$1":$2')
}
