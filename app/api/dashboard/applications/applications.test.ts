import { desc, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { auditEntries } from '@/lib/db/schema/operator'
import { useDashboard } from '@/lib/testing/use-dashboard'
import * as callbackToken from '@/app/api/dashboard/applications/[applicationId]/callback-token/route'
import * as application from '@/app/api/dashboard/applications/[applicationId]/route'
import * as showSecret from '@/app/api/dashboard/applications/[applicationId]/signing-secret/show/route'
import * as token from '@/app/api/dashboard/applications/[applicationId]/tokens/[tokenId]/route'
import * as names from '@/app/api/dashboard/applications/names/route'
import * as applications from '@/app/api/dashboard/applications/route'

const test = useDashboard()
const { asAdmin } = test

type Created = { applicationId: string; tokenId: string; token: string; signingSecret: string }
const create = async (name: string): Promise<Created> =>
  (await asAdmin(applications.POST, 'POST', { body: { name, callbackUrl: '' } })).body
const lastAudit = async (targetId: string) => {
  const { targetId: target, id } = auditEntries
  const [entry] = await test.db.select().from(auditEntries).where(eq(target, targetId)).orderBy(desc(id)).limit(1)
  return entry
}

describe('the list of applications', () => {
  it('the list of applications is paged, searched, filtered and sorted; a select gets only names', async () => {
    const { applicationId } = await create('云商城')
    await create('书店')
    const ask = async (query: string) => (await asAdmin(applications.GET, 'GET', { query })).body
    expect(await ask('?sort=name&page=1')).toMatchObject({ total: 2 })
    expect(await ask('?q=商城')).toMatchObject({
      rows: [{ id: applicationId, isDisabled: false, tokenCount: 1 }],
      total: 1,
    })
    expect(await ask('?state=disabled')).toEqual({ rows: [], total: 0 })
    expect((await asAdmin(names.GET, 'GET')).body).toContainEqual({ id: applicationId, name: '云商城' })
  })

  it.each(['?page=0', '?sort=color', '?state=asleep'])('refuses %s', async (query) => {
    expect(await asAdmin(applications.GET, 'GET', { query })).toMatchObject({ status: 400 })
  })
})

describe('an application', () => {
  it('an application is renamed and disabled; the audit has the old and new values of changed fields only', async () => {
    const { applicationId } = await create('旧名')
    const ids = { applicationId }
    await asAdmin(application.PATCH, 'PATCH', { ids, body: { name: '新名', roomScope: 'bound', isDisabled: true } })
    expect((await asAdmin(application.GET, 'GET', { ids })).body).toMatchObject({ name: '新名', isDisabled: true })
    expect(await lastAudit(applicationId)).toMatchObject({
      action: 'application.update',
      detail: { name: { from: '旧名', to: '新名' }, isDisabled: { from: false, to: true } },
    })
    const refused = await asAdmin(application.PATCH, 'PATCH', { ids, body: { name: ' ' } })
    expect(refused).toMatchObject({ status: 400, body: { error: { parameter: 'name' } } })
  })

  it('returns the reason of a refused callback URL in both languages', async () => {
    const body = { name: '内网', callbackUrl: 'http://10.0.0.1/' }
    expect(await asAdmin(applications.POST, 'POST', { body })).toMatchObject({
      status: 400,
      body: {
        error: {
          parameter: 'callbackUrl',
          message: expect.stringContaining('不是公网地址'),
          reason: 'egress_private',
          params: { address: '10.0.0.1' },
        },
      },
    })
  })

  it.each([
    ['http://8.8.8.8:9000/cb', true],
    ['HTTP://8.8.8.8/cb', true],
    ['https://8.8.8.8/cb', false],
    ['http://127.0.0.1:9000/cb', false],
    ['http://LOCALHOST/cb', false],
    ['', false],
  ])(
    'an application with the callback URL %j states whether callbacks carry an access token unencrypted: %s',
    async (callbackUrl, isExposed) => {
      const { body } = await asAdmin(applications.POST, 'POST', { body: { name: '明文', callbackUrl } })
      const ids = { applicationId: body.applicationId as string }
      const read = async () => (await asAdmin(application.GET, 'GET', { ids })).body.isAccessTokenExposed
      expect(await read()).toBe(isExposed)
      await asAdmin(callbackToken.POST, 'POST', { ids, body: { overlapSeconds: 86_400 } })
      expect(await read()).toBe(false)
      await asAdmin(callbackToken.PUT, 'PUT', { ids, body: { token: body.token, overlapSeconds: 0 } })
      expect(await read()).toBe(isExposed)
    },
  )

  it('shows its signing secret to an admin; the audit records it without the secret', async () => {
    const { applicationId, signingSecret } = await create('密钥')
    const shown = await asAdmin(showSecret.POST, 'POST', { ids: { applicationId } })
    expect(shown.body).toEqual({ signingSecret })
    const entry = await lastAudit(applicationId)
    expect(entry).toMatchObject({ action: 'application.show_signing_secret' })
    expect(JSON.stringify(entry)).not.toContain(signingSecret)
    expect(await asAdmin(showSecret.POST, 'POST', { ids: { applicationId: 'app_none' } })).toMatchObject({
      status: 404,
    })
  })

  it('changes the settings of its own tokens only, and refuses invalid values', async () => {
    const { applicationId, tokenId } = await create('令牌')
    const patch = (body: object, ids = { applicationId, tokenId }) => asAdmin(token.PATCH, 'PATCH', { ids, body })
    const expiresAt = '2031-05-01T00:00:00.000Z'
    expect(await patch({ name: '收银', expiresAt, rateLimitPerMinute: 60 })).toMatchObject({ status: 200 })
    const { body } = await asAdmin(application.GET, 'GET', { ids: { applicationId } })
    expect(body.tokens).toMatchObject([{ name: '收银', expiresAt, rateLimitPerMinute: 60 }])
    expect(await lastAudit(tokenId)).toMatchObject({
      action: 'token.update',
      detail: { applicationId, expiresAt: { from: null, to: expiresAt }, rateLimitPerMinute: { from: 600, to: 60 } },
    })
    expect(await patch({ scopes: ['send', 'read'], networks: ['10.0.0.0/8', '::1'] })).toMatchObject({ status: 200 })
    const limited = (await asAdmin(application.GET, 'GET', { ids: { applicationId } })).body
    expect(limited.tokens).toMatchObject([
      { scopes: ['read', 'send'], robotIds: null, networks: ['10.0.0.0/8', '::1'] },
    ])
    expect(await patch({ scopes: ['read', 'send', 'control'], networks: [] })).toMatchObject({ status: 200 })
    const unlimited = (await asAdmin(application.GET, 'GET', { ids: { applicationId } })).body
    expect(unlimited.tokens).toMatchObject([{ scopes: null, robotIds: null, networks: null }])
    for (const invalid of [
      { name: '' },
      { expiresAt: 'soon' },
      { rateLimitPerMinute: -1 },
      { scopes: [] },
      { networks: ['10.0.0.0/33'] },
      { robotIds: ['rbt_ofAnother'] },
    ])
      expect(await patch(invalid)).toMatchObject({
        status: 400,
        body: { error: { parameter: Object.keys(invalid)[0] } },
      })
    expect(await patch({ name: 'x' }, { applicationId: 'app_other', tokenId })).toMatchObject({ status: 404 })
  })

  it('lets callbacks carry an access token again; the audit records it without the token', async () => {
    const { applicationId, token: access, tokenId } = await create('来回')
    const ids = { applicationId }
    await asAdmin(callbackToken.POST, 'POST', { ids, body: { overlapSeconds: 0 } })
    const wrong = await asAdmin(callbackToken.PUT, 'PUT', { ids, body: { token: 'wx_none', overlapSeconds: 0 } })
    expect(wrong).toMatchObject({ status: 400, body: { error: { parameter: 'token' } } })
    const change = { token: ` ${access} `, overlapSeconds: 0 }
    expect(await asAdmin(callbackToken.PUT, 'PUT', { ids, body: change })).toMatchObject({ status: 200 })
    const { body } = await asAdmin(application.GET, 'GET', { ids })
    expect(body.tokens).toContainEqual(expect.objectContaining({ id: tokenId, isInCallbacks: true }))
    const entry = await lastAudit(applicationId)
    expect(entry).toMatchObject({ action: 'application.callback_token', detail: { tokenId } })
    expect(JSON.stringify(entry)).not.toContain(access)
  })
})
