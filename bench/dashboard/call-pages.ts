import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { encode } from 'next-auth/jwt'
import { createOperator } from '@/lib/operator/create-operator'
import { openSession } from '@/lib/operator/operator-session'
import type { WebContext } from '@/lib/http/web-context'

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>
export type PageCall = { name: string; run: () => Promise<Response> }

const dashboardDir = join(import.meta.dirname, '../../app/api/dashboard')

/** Parameters of the calls that have more than one form or require some; others are called without. */
const queries: Record<string, string[]> = {
  '/metrics': [
    '?range=1h&timeZone=Asia/Shanghai',
    '?range=24h&timeZone=Asia/Shanghai',
    '?range=7d&timeZone=Asia/Shanghai',
  ],
  '/messages': [
    '',
    '?state=refused',
    `?q=${encodeURIComponent('货已')}`,
    `?q=${encodeURIComponent('已发货优惠')}`,
    '?q=99999',
    `?q=${encodeURIComponent('你好')}`,
    '?q=nowhere',
  ],
  '/callbacks': [
    '',
    '?state=dead',
    '?q=99999',
    `?q=${encodeURIComponent('王芳')}`,
    '?q=HTTP%20500',
    `?q=${encodeURIComponent('你好')}`,
    '?q=nowhere',
  ],
  '/conversations': [
    '',
    '?view=waiting',
    '?view=unread',
    '?view=closed',
    '?view=all',
    '?robot=rbt_1',
    '?application=app_1',
    '?view=all&q=99999',
    `?view=all&q=${encodeURIComponent('客户1234')}`,
    `?q=${encodeURIComponent('你好')}`,
    `?view=all&q=${encodeURIComponent('已发货优惠')}`,
    '?view=all&q=nowhere',
    `?view=all&q=${encodeURIComponent('货')}`,
  ],
  '/conversations/figures': ['?range=24h&timeZone=Asia/Shanghai', '?range=7d&timeZone=Asia/Shanghai'],
  '/callbacks/health': ['?applicationIds=app_1'],
  '/callbacks/health/[endpointId]': ['?range=24h&timeZone=Asia/Shanghai', '?range=7d&timeZone=Asia/Shanghai'],
  '/robots': ['', '?q=9999'],
  '/robots/[robotId]/contacts': ['', `?q=${encodeURIComponent('客户1234')}`],
  '/robots/[robotId]/messages': ['', `?q=${encodeURIComponent('你好')}`],
  '/search': [`?q=${encodeURIComponent('微米')}`],
}
/** Ids of rows of `fillDatabase`; others do not exist. */
const ids: Record<string, string> = {
  robotId: 'rbt_1',
  applicationId: 'app_1',
  endpointId: 'app_1',
  messageId: 'msg_1',
  eventId: 'evt_1',
  roomId: 'room_1',
  conversationId: 'cnv_1',
}

/** Lists a call of each GET of the dashboard's API, as an admin. */
export async function listPageCalls({ db, env }: Pick<WebContext, 'db' | 'env'>): Promise<PageCall[]> {
  const password = 'correct horse battery'
  const { operatorId } = await createOperator(db, { email: `${Date.now()}@wxbot.test`, password, role: 'admin' })
  const { secret } = await openSession(db, { operatorId, userAgent: 'bench', peerAddress: '10.0.0.1' })
  const token = await encode({ token: { sessionSecret: secret }, secret: env.AUTH_SECRET })
  const headers = { cookie: `next-auth.session-token=${token}`, 'sec-fetch-site': 'same-origin' }
  const files = readdirSync(dashboardDir, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('/route.ts') && !file.includes('...'))
    .sort()
  const calls = await Promise.all(
    files.map(async (file) => {
      const { GET } = (await import(join(dashboardDir, file))) as { GET?: Handler }
      const path = `/${file.replace(/\/route\.ts$/, '')}`
      const names = [...path.matchAll(/\[(\w+)\]/g)].map(([, name = '']) => name)
      const params = Object.fromEntries(names.map((name) => [name, ids[name] ?? 'none']))
      const texts = GET ? (queries[path] ?? ['']) : []
      return texts.map((query) => ({
        name: `${path}${decodeURIComponent(query)}`,
        run: () =>
          GET!(new Request(`http://wxbot.test/api/dashboard${path}${query}`, { headers }), {
            params: Promise.resolve(params),
          }),
      }))
    }),
  )
  return calls.flat()
}
