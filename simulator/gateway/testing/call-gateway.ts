/** The fields of responses that tests read. */
type GatewayData = Partial<Record<'appId' | 'uuid' | 'qrData' | 'nickName' | 'chatroomId' | 'qrBase64', string>> & {
  memberList?: unknown[]
  chatrooms?: string[]
}

/** Calls the gateway simulator as a client does; returns the parsed response. Ids are read as doubles: use `text` for them. */
export function callGateway(
  origin: string,
  { token = 'sim-test', prefix = '/gewe/v2/api', header = 'X-GEWE-TOKEN' } = {},
) {
  return async (path: string, body: object = {}): Promise<{ ret: number; data: GatewayData; text: string }> => {
    const response = await fetch(`${origin}${prefix}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [header]: token },
      body: JSON.stringify(body),
    })
    const text = await response.text()
    return { ...(JSON.parse(text) as { ret: number; data: GatewayData }), text }
  }
}
