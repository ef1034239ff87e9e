import { beforeEach, describe, expect, it } from 'vitest'
import { createApplication } from '@/lib/application/create-application'
import { updateApplication } from '@/lib/application/update-application'
import { webContext } from '@/lib/http/web-context'
import { callRoute } from '@/lib/testing/call-route'
import { useDashboard } from '@/lib/testing/use-dashboard'
import * as api from '@/app/(api)/robots/route'
import * as connections from '@/app/api/dashboard/applications/[applicationId]/connections/route'
import * as robots from '@/app/api/dashboard/robots/route'

const test = useDashboard()
const { asAdmin } = test
let shop: { applicationId: string; token: string }
let count = 0
beforeEach(async () => {
  const { sealer, env } = webContext()
  Object.assign(env, { WECHAT: 'real', WECHAT_WEB_RISK: 'refused' })
  shop = await test.db.transaction((tx) => createApplication(tx, { sealer, name: '店', callbackUrl: null }))
})

const createByApi = (body: object = {}) =>
  callRoute(api, 'POST', { body: { token: shop.token, username: `w${++count}`, ...body } })
const createByPage = (body: object) => {
  const { applicationId } = shop
  return asAdmin(robots.POST, 'POST', { body: { applicationId, username: `w${++count}`, ...body } })
}
const offered = async () => {
  const { body } = await asAdmin(connections.GET, 'GET', { ids: { applicationId: shop.applicationId } })
  const { choices } = body as { choices: { connection: string; isUsable: boolean }[] }
  return choices.find(({ connection }) => connection === 'web')?.isUsable
}

describe('a web robot with the real WeChat', () => {
  it('a web robot with the real WeChat is refused by the API with -1006 and the reason, also as the default of its application', async () => {
    const refused = { retCode: -1006, errorMsg: expect.stringMatching(/网页协议.*扫码登录/) }
    expect(await createByApi({ connection: 'web' })).toMatchObject(refused)
    await updateApplication(test.db, { applicationId: shop.applicationId, defaultConnection: 'web' })
    expect(await createByApi()).toMatchObject(refused)
  })

  it('a web robot with the real WeChat is refused by the dashboard with the reason at its field, and not offered', async () => {
    expect(await createByPage({ connection: 'web' })).toMatchObject({
      status: 409,
      body: { error: { code: 'ILLEGAL_ACTION', parameter: 'connection', reason: 'web_refused' } },
    })
    expect(await offered()).toBe(false)
  })

  it('a web robot with the real WeChat is created once its risk is accepted', async () => {
    Object.assign(webContext().env, { WECHAT_WEB_RISK: 'accepted' })
    expect(await createByApi({ connection: 'web' })).toMatchObject({ retCode: 0 })
    expect(await createByPage({ connection: 'web' })).toMatchObject({ status: 200 })
    expect(await offered()).toBe(true)
  })
})
