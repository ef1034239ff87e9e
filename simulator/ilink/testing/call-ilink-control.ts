type CodeView = { qrcode: string; state: string; number: string | null }

/** Calls the control API of the iLink simulator. @throws Error with the response for any status but 200 */
export function callIlinkControl(origin: string) {
  async function call<Result>(method: 'GET' | 'POST', path: string, body: unknown = {}): Promise<Result> {
    const response = await fetch(`${origin}/sim/ilink${path}`, {
      method,
      ...(method === 'POST' ? { body: JSON.stringify(body) } : {}),
    })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as Result
  }
  const get = <Result>(path: string) => call<Result>('GET', path)
  return {
    get,
    post: <Result>(path: string, body?: unknown) => call<Result>('POST', path, body),
    code: async (qrcode: string) =>
      (await get<{ codes: CodeView[] }>('/state')).codes.find((code) => code.qrcode === qrcode),
  }
}
