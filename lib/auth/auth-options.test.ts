import { afterAll, beforeAll, expect, it } from 'vitest'
import { captureLog } from '@/lib/testing/capture-log'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { authOptions } from '@/lib/auth/auth-options'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

type Authorize = { authorize(credentials: object): Promise<unknown> }

it('a refused sign-in logs one warning with the address and without the input', async () => {
  const { log, lines } = captureLog()
  const { providers } = authOptions({
    db: database.db,
    env: {
      AUTH_SECRET: '0123456789abcdef0123456789abcdef',
      PUBLIC_URL: 'http://wxbot.test',
      SESSION_HOURS: 12,
      SESSION_IDLE_MINUTES: 30,
    },
    log,
    from: { peerAddress: '203.0.113.9', userAgent: 'test' },
    device: { id: 'device', isKnown: false },
  })
  const { authorize } = (providers[0] as unknown as { options: Authorize }).options
  expect(await authorize({ email: 'stranger@example.com', password: 'typed-by-mistake' })).toBeNull()
  expect(lines).toMatchObject([{ msg: 'sign-in refused', outcome: 'wrong', peerAddress: '203.0.113.9' }])
  expect(JSON.stringify(lines)).not.toMatch(/stranger|typed/)
})
