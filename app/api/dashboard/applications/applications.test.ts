import { desc, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { auditEntries } from '@/lib/db/schema/operator'
import { useDashboard } from '@/lib/testing/use-dashboard'
import * as callbackToken from './[applicationId]/callback-token/route'
import * as application from './[applicationId]/route'
import * as showSecret from './[applicationId]/signing-secret/show/route'
import * as token from './[applicationId]/tokens/[tokenId]/route'
import * as names from './names/route'
import * as applications from './route'

const test = useDashboard()
const { asAdmin } = test

type Created = { applicationId: string; tokenId: string; token: string; signingSecret: string }
const create = async (name: string): Promise<Created> =>
  (await asAdmin(applications.POST, 'POST', { body: { name, callbackUrl: '' } })).answer
const lastAudit = async (targetId: string) => {
  const { targetId: target, id } = auditEntries
  const [entry] = await test.db.select().from(auditEntries).where(eq(target, targetId)).orderBy(desc(id)).limit(1)
  return entry
}

describe('the list of applications', () => {
  it('pages, searches, filters and sorts; a select gets names only', async () => {
    const { applicationId } = await create('云商城')
    await create('书店')
    const ask = async (query: string) => (await asAdmin(applications.GET, 'GET', { query })).answer
    expect(await ask('?sort=name&page=1')).toMatchObject({ total: 2 })
    expect(await ask('?q=商城')).toMatchObject({
      rows: [{ id: applicationId, isDisabled: false, tokenCount: 1 }],
      total: 1,
    })
    expect(await ask('?state=disabled')).toEqual({ rows: [], total: 0 })
    expect((await asAdmin(names.GET, 'GET')).answer).toContainEqual({ id: applicationId, name: '云商城' })
  })

  it.each(['?page=0', '?sort=color', '?state=asleep'])('refuses %s', async (query) => {
    expect(await asAdmin(applications.GET, 'GET', { query })).toMatchObject({ status: 400 })
  })
})

describe('an application', () => {
  it('is renamed and put out of use; the audit says from what to what, of what changed only', async () => {
    const { applicationId } = await create('旧名')
    const ids = { applicationId }
    await asAdmin(application.PATCH, 'PATCH', { ids, body: { name: '新名', roomScope: 'bound', isDisabled: true } })
    expect((await asAdmin(application.GET, 'GET', { ids })).answer).toMatchObject({ name: '新名', isDisabled: true })
    expect(await lastAudit(applicationId)).toMatchObject({
      action: 'application.update',
      detail: { name: { from: '旧名', to: '新名' }, isDisabled: { from: false, to: true } },
    })
    const refused = await asAdmin(application.PATCH, 'PATCH', { ids, body: { name: ' ' } })
    expect(refused).toMatchObject({ status: 400, answer: { error: { parameter: 'name' } } })
  })

  it('shows its signing secret to an admin, which is recorded without the secret', async () => {
    const { applicationId, signingSecret } = await create('密钥')
    const shown = await asAdmin(showSecret.POST, 'POST', { ids: { applicationId } })
    expect(shown.answer).toEqual({ signingSecret })
    const entry = await lastAudit(applicationId)
    expect(entry).toMatchObject({ action: 'application.show-signing-secret' })
    expect(JSON.stringify(entry)).not.toContain(signingSecret)
    expect(await asAdmin(showSecret.POST, 'POST', { ids: { applicationId: 'app_none' } })).toMatchObject({
      status: 404,
    })
  })

  it('changes what is said of a token, refuses nonsense, and knows only its own', async () => {
    const { applicationId, tokenId } = await create('令牌')
    const patch = (body: object, ids = { applicationId, tokenId }) => asAdmin(token.PATCH, 'PATCH', { ids, body })
    const expiresAt = '2031-05-01T00:00:00.000Z'
    expect(await patch({ name: '收银', expiresAt, rateLimitPerMinute: 60 })).toMatchObject({ status: 200 })
    const { answer } = await asAdmin(application.GET, 'GET', { ids: { applicationId } })
    expect(answer.tokens).toMatchObject([{ name: '收银', expiresAt, rateLimitPerMinute: 60 }])
    expect(await lastAudit(tokenId)).toMatchObject({
      action: 'token.update',
      detail: { applicationId, expiresAt: { from: null, to: expiresAt }, rateLimitPerMinute: { from: 600, to: 60 } },
    })
    for (const body of [{ name: '' }, { expiresAt: 'soon' }, { rateLimitPerMinute: -1 }])
      expect(await patch(body)).toMatchObject({ status: 400, answer: { error: { parameter: Object.keys(body)[0] } } })
    expect(await patch({ name: 'x' }, { applicationId: 'app_other', tokenId })).toMatchObject({ status: 404 })
  })

  it('has callbacks repeat an access token again, which is recorded without the token', async () => {
    const { applicationId, token: access, tokenId } = await create('来回')
    const ids = { applicationId }
    await asAdmin(callbackToken.POST, 'POST', { ids, body: { overlapSeconds: 0 } })
    const wrong = await asAdmin(callbackToken.PUT, 'PUT', { ids, body: { token: 'wx_none', overlapSeconds: 0 } })
    expect(wrong).toMatchObject({ status: 400, answer: { error: { parameter: 'token' } } })
    const body = { token: ` ${access} `, overlapSeconds: 0 }
    expect(await asAdmin(callbackToken.PUT, 'PUT', { ids, body })).toMatchObject({ status: 200 })
    const { answer } = await asAdmin(application.GET, 'GET', { ids })
    expect(answer.tokens).toContainEqual(expect.objectContaining({ id: tokenId, isInCallbacks: true }))
    const entry = await lastAudit(applicationId)
    expect(entry).toMatchObject({ action: 'application.callback_token', detail: { tokenId } })
    expect(JSON.stringify(entry)).not.toContain(access)
  })
})
