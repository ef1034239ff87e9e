import { Pool } from 'undici'

const clients = 16

export type Target = { name: string; origin: string; headers: Record<string, string> }

/** Requests `path` with 16 concurrent clients for some seconds, and returns the responses per second. @throws unless each is retCode 0 */
export async function runRound({ origin, headers }: Target, { path, seconds }: { path: string; seconds: number }) {
  const pool = new Pool(origin, { connections: clients })
  let responses = 0
  const beganMs = performance.now()
  const endMs = beganMs + seconds * 1000
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < endMs) {
        const { body } = await pool.request({ path, method: 'GET', headers })
        const text = await body.text()
        if (!text.startsWith('{"retCode":0')) throw new Error(`${origin}${path}: ${text}`)
        responses += 1
      }
    }),
  )
  const tookSeconds = (performance.now() - beganMs) / 1000
  await pool.close()
  return responses / tookSeconds
}
