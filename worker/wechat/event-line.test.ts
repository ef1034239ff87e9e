import { expect, it } from 'vitest'
import { createLogger } from '@/lib/logger'
import { EventLine } from './event-line'
import type { WechatEvent } from './port'

const log = createLogger({ level: 'silent', process: 'test' })
const code = (content: string): WechatEvent => ({ type: 'code', content })

it('a batch that was not stored is handed over again, and nothing overtakes it', async () => {
  const stored: string[] = []
  let refusals = 2
  const line = new EventLine(
    async ([event]) => {
      if (event?.type === 'code' && event.content === 'first' && refusals-- > 0) throw new Error('database away')
      stored.push(event?.type === 'code' ? event.content : '')
    },
    new AbortController().signal,
    log,
  )
  await Promise.all([line.hand([code('first')], null), line.hand([code('second')], null)])
  expect(stored).toEqual(['first', 'second'])
})

it('nothing follows the end of the session', async () => {
  const stored: WechatEvent[][] = []
  const line = new EventLine(async (events) => void stored.push(events), new AbortController().signal, log)
  const handed = [line.hand([{ type: 'offline', reason: 'expired' }], null), line.hand([code('late')], null)]
  expect(await Promise.all(handed)).toEqual([true, false])
  expect(stored).toHaveLength(1)
})

it('a batch that cannot be stored is given up when the line is let go', async () => {
  const life = new AbortController()
  const line = new EventLine(
    async () => {
      life.abort()
      throw new Error('database away')
    },
    life.signal,
    log,
  )
  expect(await line.hand([code('x')], null)).toBe(false)
})
