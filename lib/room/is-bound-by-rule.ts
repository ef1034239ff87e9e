const tailLength = 6

/**
 * Tells whether a room's name ends with the last six code points of agent_id; a shorter agent_id compares whole.
 * NFC on both, trailing blanks of the name ignored, case kept. Spec: 绑定群名称后6位, decisions A8.
 */
export function isBoundByRule(roomName: string, agentId: string | null): boolean {
  if (!agentId) return false
  const tail = [...agentId.normalize('NFC')].slice(-tailLength).join('')
  return tail !== '' && roomName.normalize('NFC').trimEnd().endsWith(tail)
}
