import { expect, it } from 'vitest'
import { createLogger } from '@/lib/logger'
import { CommitQueue } from '@/worker/wechat/session/commit-queue'
import type { WechatEvent } from '@/worker/wechat/port'

const log = createLogger({ level: 'silent', process: 'test' })
const code = (content: string): WechatEvent => ({ type: 'qr_code', content })

it('CommitQueue retries a batch that was not stored, before any later batch', async () => {
  const stored: string[] = []
  let refusals = 2
  const queue = new CommitQueue(
    async ([event]) => {
      if (event?.type === 'qr_code' && event.content === 'first' && refusals-- > 0) throw new Error('database away')
      stored.push(event?.type === 'qr_code' ? event.content : '')
    },
    new AbortController().signal,
    log,
  )
  await Promise.all([queue.push([code('first')], null), queue.push([code('second')], null)])
  expect(stored).toEqual(['first', 'second'])
})

it('CommitQueue stores nothing after the end of the session', async () => {
  const stored: WechatEvent[][] = []
  const queue = new CommitQueue(async (events) => void stored.push(events), new AbortController().signal, log)
  const pushed = [queue.push([{ type: 'offline', reason: 'expired' }], null), queue.push([code('late')], null)]
  expect(await Promise.all(pushed)).toEqual([true, false])
  expect(stored).toHaveLength(1)
})

it('CommitQueue gives up a batch once its session is detached', async () => {
  const lifetime = new AbortController()
  const queue = new CommitQueue(
    async () => {
      lifetime.abort()
      throw new Error('database away')
    },
    lifetime.signal,
    log,
  )
  expect(await queue.push([code('x')], null)).toBe(false)
})

it('CommitQueue stores messages that wait for a commit in one batch with the latest position, and files in their own', async () => {
  const stored: { ids: string[]; position: string | null }[] = []
  const queue = new CommitQueue(
    async (events, position) => {
      stored.push({
        ids: events.map((event) => (event.type === 'message' ? event.message.wechatId : event.type)),
        position,
      })
      await new Promise((resolve) => setImmediate(resolve))
    },
    new AbortController().signal,
    log,
  )
  const message = (wechatId: string, bytes?: Buffer): WechatEvent => {
    const media = bytes ? { contentType: 'image/png', fileName: null, bytes } : null
    const from = { room: null, senderUsername: '@1', senderName: '小林' }
    return { type: 'message', message: { ...from, wechatId, type: 'text', text: '在吗', media } }
  }
  const first = queue.push([code('first')], null)
  await Promise.resolve()
  const rest = [
    queue.push([message('1')], null),
    queue.push([message('2')], 'after 2'),
    queue.push([message('3')], null),
    queue.push([message('4', Buffer.alloc(1))], 'after 4'),
    queue.push([message('5')], null),
    queue.push([], 'after 5'),
  ]
  expect(await Promise.all([first, ...rest])).toEqual(Array.from({ length: 7 }, () => true))
  expect(stored).toEqual([
    { ids: ['qr_code'], position: null },
    { ids: ['1', '2', '3'], position: 'after 2' },
    { ids: ['4'], position: 'after 4' },
    { ids: ['5'], position: 'after 5' },
  ])
})
