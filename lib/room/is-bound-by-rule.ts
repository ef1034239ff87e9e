/** Code points of agent_id that a room's name must end with. */
const tailLength = 6

/**
 * Returns whether a room's name ends with the last six code points of agent_id, or with all of a shorter one.
 * Both are normalized to NFC; trailing whitespace of the name is ignored; case matters. Spec: 绑定群名称后6位, A8 (binding by agent_id).
 */
export function isBoundByRule(roomName: string, agentId: string | null): boolean {
  if (!agentId) return false
  const tail = [...agentId.normalize('NFC')].slice(-tailLength).join('')
  return tail !== '' && roomName.normalize('NFC').trimEnd().endsWith(tail)
}
