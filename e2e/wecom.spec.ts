import { openTestEndpoint } from '@/worker/delivery/testing/open-endpoint'
import { changePool } from '@/e2e/change-pool'
import { createTenant, itemOf } from '@/e2e/create-tenant'
import { expectFits } from '@/e2e/expect-fits'
import { expectNoViolations } from '@/e2e/expect-no-violations'
import { openWecomConnector } from '@/e2e/open-wecom-connector'
import { signIn } from '@/e2e/sign-in'
import { expect, markOf, test } from '@/e2e/test'
import { tinyPng } from '@/lib/testing/tiny-png'

type Group = { chatId: string; name: string; members: { name: string }[] }

test('E6: a stranger writes to a 客服 account, is answered, meets a person and returns to the robot', async ({
  page,
  context,
  product,
}, info) => {
  const mark = markOf(info)
  const application = `客服店 ${mark}`
  const account = `门店客服 ${mark}`
  const shop = await createTenant(product, application)
  const { openKfId } = await shop.phone('/wecom/accounts', { name: account })
  await signIn(page, product)

  // The connector: credentials of the company, its callback URL, and what is missing.
  const connector = { name: `云商城 ${mark}`, application }
  const { connectorId, callback } = await openWecomConnector(page, shop, connector)
  await page.getByRole('button', { name: '检查', exact: true }).click()
  await expect(page.getByText(/企业微信还没有验证回调地址/)).toBeVisible({ timeout: 30_000 })
  await page.screenshot({ path: info.outputPath('connector.png'), fullPage: true })

  // The robot waits for the company; it comes online once the console has verified the callback URL.
  const robot = await shop.call('POST', '/robots', {
    username: openKfId,
    connection: 'wecom_kf',
    connector_id: connectorId,
  })
  const robotId = itemOf(robot, 'robot')['id'] ?? ''
  await shop.cli('robot', 'update', '--robot', robotId, '--send-rate', '0')
  expect(await shop.call('POST', `/robots/${robotId}/login`)).toMatchObject({
    retCode: -1006,
    errorMsg: '该机器人由企业凭证连接，无需扫码',
  })
  await page.goto(`/dashboard/robots/${robotId}/session`)
  await expect(page.getByText('等待企业微信')).toBeVisible()
  await expectNoViolations(page)
  await shop.phone('/wecom/callback', callback)
  await expect(page.getByText(`${account} 已在线`)).toBeVisible({ timeout: 30_000 })
  const link = page.getByRole('link', { name: /\/kf\?account=/ })
  await expect(link).toBeVisible()
  await expectNoViolations(page)
  await page.screenshot({ path: info.outputPath('robot.png'), fullPage: true })

  // The application answers by a rule, and from an article by the simulated model.
  const rule = ['--name', '营业时间', '--trigger', 'contains', '--pattern', '几点', '--content', '上午九点开门']
  await shop.cli('rule', 'create', '--application', shop.applicationId, ...rule)
  const article = { file_name: 'faq.csv', content: '问题,答案\n退货,七天内可以退货。\n' }
  expect(await shop.call('POST', '/v1/articles/import', article)).toMatchObject({ retCode: 0 })
  const repliesUrl = `/api/dashboard/applications/${shop.applicationId}/replies`
  const { simulatedModelUrl } = await (await page.request.get(repliesUrl)).json()
  const model = ['--model', 'true', '--handover', 'true', '--model-url', simulatedModelUrl, '--model-name', 'simulator']
  await shop.cli('reply', 'update', '--application', shop.applicationId, ...model)
  const contactUrl = (await link.getAttribute('href')) ?? ''
  await page.goto(`/dashboard/applications/${shop.applicationId}/replies`)
  const card = (name: string) => page.getByRole('region', { name, exact: true })
  await card('谁来回复').getByRole('checkbox', { name: /规则/ }).click()
  await expect(card('谁来回复').getByRole('checkbox', { name: /规则/ })).toBeEnabled()
  await card('转人工与频率').getByLabel('同一个人两次自动回复的间隔').fill('0')
  await card('转人工与频率').getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('已保存').first()).toBeVisible()

  // A welcome text, and the handover in WeCom itself.
  await page.goto(`/dashboard/robots/${robotId}/settings`)
  await page.getByLabel('欢迎语').fill('您好，请问有什么可以帮您？')
  await page.getByLabel('转人工时，在企业微信里排队').check()
  await page.getByRole('button', { name: '保存' }).last().click()
  await expect(page.getByText('已保存').first()).toBeVisible()
  await expectNoViolations(page)
  await expectFits(page, info, 'reception')
  await page.getByLabel('转人工时，在企业微信里排队').uncheck()
  await page.getByRole('button', { name: '保存' }).last().click()
  await expect(page.getByRole('button', { name: '保存' }).last()).toBeDisabled()

  // A stranger opens the link, asks, and is answered.
  const phone = await context.newPage()
  await phone.goto(contactUrl)
  const write = async (text: string) => {
    await phone.getByLabel('消息内容 Message').fill(text)
    await phone.getByRole('button', { name: '发送 Send', exact: true }).click()
    await expect(phone.getByText(text, { exact: true })).toBeVisible()
  }
  const reply = async (content: string) => {
    const toUser = await shop.until(async () => {
      const { data } = await shop.call('GET', `/v1/robots/${robotId}/contacts`)
      return ((data?.['contacts'] ?? []) as { id: string }[])[0]?.id
    })
    return shop.call('POST', `/robots/${robotId}/message`, { to_user: toUser, msg_type: 'text', content })
  }
  const startedMs = Date.now()
  await phone.getByRole('button', { name: /^顾客重新进入会话/ }).click()
  await expect(phone.getByText('您好，请问有什么可以帮您？')).toBeVisible({ timeout: 20_000 })
  await write('几点开门？')
  const replies = phone.getByText('上午九点开门')
  await expect(replies).toHaveCount(1, { timeout: 20_000 })
  // Announced by the callback: far earlier than the next poll.
  expect(Date.now() - startedMs).toBeLessThan(20_000)
  await write('怎么退货')
  await expect(phone.getByText('七天内可以退货。')).toBeVisible({ timeout: 20_000 })
  await expectFits(phone, info, 'stranger')

  // An unknown question waits in the inbox, where a person takes over: no rule answers until the conversation is resolved.
  await page.bringToFront()
  await page.goto(`/dashboard/inbox?view=waiting&robot=${robotId}`)
  await phone.bringToFront()
  await write('明天下雨吗')
  await page.bringToFront()
  await page.getByRole('link').filter({ hasText: '明天下雨吗' }).click()
  await page.getByRole('button', { name: '分配给我' }).click()
  await expect(page.getByText(/已分配给 .+/)).toBeVisible()
  await phone.bringToFront()
  await write('周末几点？')
  await page.bringToFront()
  const field = page.getByRole('textbox', { name: '回复内容' })
  await field.fill('我是店员小李，周末十点')
  await field.press('Enter')
  await expect(phone.getByText('我是店员小李，周末十点')).toBeVisible({ timeout: 20_000 })
  await expect(replies).toHaveCount(1)
  await page.locator('input[type=file]').setInputFiles({ name: '营业时间.png', mimeType: 'image/png', buffer: tinyPng })
  await page.getByRole('button', { name: '发送', exact: true }).click()
  await expect(phone.getByRole('img', { name: '图片' })).toBeVisible({ timeout: 20_000 })
  await expectNoViolations(page)
  await page.screenshot({ path: info.outputPath('inbox.png') })
  await page.getByRole('button', { name: '解决', exact: true }).click()
  await expect(page.getByRole('button', { name: '重新打开' })).toBeVisible()
  // From here on only rules answer, so that what follows starts no handover.
  await shop.cli('reply', 'update', '--application', shop.applicationId, '--model', 'false', '--handover', 'false')
  await phone.bringToFront()
  await write('明天几点？')
  await expect(replies).toHaveCount(2, { timeout: 20_000 })

  // A person takes over in WeCom: the robot is refused until the conversation has ended.
  await phone.getByRole('button', { name: /^接待/ }).click()
  await phone.getByLabel('员工的回复').fill('我是店员小王')
  await phone.getByRole('button', { name: /^回复/ }).click()
  await expect(phone.getByText('我是店员小王')).toBeVisible()
  expect(await reply('机器人插话')).toMatchObject({ retCode: -1006 })
  await phone.getByRole('button', { name: /^结束会话/ }).click()
  await write('谢谢')
  await shop.until(async () => (await reply('不客气')).retCode === 0)
  await expect(phone.getByText('不客气').first()).toBeVisible()

  // The reply window closes after five messages, in the inbox and in the API, until the stranger writes again.
  await shop.until(async () => (await reply('还有吗')).retCode === -1006)
  expect(await reply('还有吗')).toMatchObject({ errorMsg: expect.stringContaining('5 条') })
  await page.bringToFront()
  await page.goto(`/dashboard/inbox?robot=${robotId}&view=all`)
  await page.getByRole('link').filter({ hasText: '还有吗' }).click()
  await expect(page.getByText('回复窗口已关闭：对方最后一条消息之后已发送 5 条')).toBeVisible()
  await expect(page.getByRole('textbox', { name: '回复内容' })).toBeDisabled()
  await expectNoViolations(page)
  await page.screenshot({ path: info.outputPath('window-closed.png') })
  await phone.bringToFront()
  await write('还在吗')
  await page.bringToFront()
  await expect(page.getByRole('textbox', { name: '回复内容' })).toBeEnabled({ timeout: 20_000 })

  await page.bringToFront()
  await page.goto(`/dashboard/robots/${robotId}/messages`)
  await expect(page.getByText('几点开门？').first()).toBeVisible({ timeout: 20_000 })
  await page.screenshot({ path: info.outputPath('messages.png'), fullPage: true })

  // WeCom refuses a handover: the conversation, the robot's page and the API say why until an operator takes it.
  await shop.cli('robot', 'update', '--robot', robotId, '--handover-in-service', 'true', '--servicer', 'WangWu')
  await shop.phone('/faults', { path: 'service_state/trans', kind: 'ret', ret: 48002, times: 2 })
  await page.goto(`/dashboard/inbox?robot=${robotId}`)
  await page.getByRole('link').filter({ hasText: '王芳' }).click()
  await page.getByRole('button', { name: '请求人工', exact: true }).click()
  const notice = page.getByText(/企业微信没有接受转人工：.*48002.*请分配会话/)
  await expect(notice).toBeVisible({ timeout: 20_000 })
  await expectNoViolations(page)
  await expectFits(page, info, 'refused')
  const { data } = await shop.call('GET', '/v1/conversations')
  expect(data?.['conversations']).toMatchObject([
    { state: 'waiting', handover_problem: expect.stringContaining('48002') },
  ])
  await page.goto(`/dashboard/robots/${robotId}/session`)
  await expect(page.getByText('企业微信没有接受 1 个转人工')).toBeVisible()
  await expectNoViolations(page)
  await expectFits(page, info, 'refused-robot')
  await page.getByRole('link', { name: '查看等待的会话' }).click()
  await page.getByRole('link').filter({ hasText: '王芳' }).click()
  await page.getByRole('button', { name: '分配给我' }).click()
  await expect(notice).toBeHidden()

  await page.goto(`/dashboard/settings/connectors/${connectorId}`)
  await page.getByRole('button', { name: '检查', exact: true }).click()
  await expect(page.getByText(/企业微信还没有验证回调地址/)).toBeHidden({ timeout: 30_000 })
  await expect(page.getByText('在企业微信管理后台')).toBeVisible()
  await expectFits(page, info, 'connector')
})

test('E7: a shop system asks for a group, a stranger scans its official QR code, and the shop hears of it', async ({
  page,
  context,
  product,
}, info) => {
  const mark = markOf(info)
  const endpoint = await openTestEndpoint()
  try {
    const shop = await createTenant(product, `群店 ${mark}`)
    const events = ['qun_created', 'qun_member_joined']
    const callbacks = ['--callback-url', endpoint.url, '--events', events.join(',')]
    await shop.cli('application', 'update', '--application', shop.applicationId, ...callbacks)
    await signIn(page, product)
    const assistant = `总部 ${mark}`
    const connector = { name: assistant, application: `群店 ${mark}` }
    const { connectorId, callback } = await openWecomConnector(page, shop, connector)
    await shop.phone('/wecom/callback', callback)

    // Its customer groups serve merchant groups.
    await page.getByLabel('备用客户群的前缀').fill(`商户群 ${mark}`)
    await page.getByRole('checkbox', { name: /客户群/ }).check()
    await page.getByRole('button', { name: '保存' }).first().click()
    await expect(page.getByText('已保存', { exact: true })).toBeVisible()
    await expectNoViolations(page)

    // The shop system asks before an employee has made a group: the merchant group waits, and the operator reads why.
    const code = Buffer.from(`客户群 ${mark}`).toString('base64')
    const body = JSON.stringify({ code, owner: '宋公明', assistant })
    const ask = async () => {
      const response = await fetch(`${product.baseURL}/wxbot/qun`, { method: 'POST', body })
      const result = await response.json()
      expect(result, 'the request for a group').toHaveProperty('qun_create_response')
      return result.qun_create_response
    }
    const made = await ask()
    expect(made).toMatchObject({ status: 'pending_room', url: expect.stringMatching(/\/weiqun\/[\w-]{20}$/) })
    const visitor = await context.newPage()
    await visitor.goto(made.url)
    await expect(visitor.getByText('群还在准备中')).toBeVisible()
    await expectNoViolations(visitor)
    await expectFits(visitor, info, 'join-pending')

    // The employee makes one on the phone page; wxbot takes it and shows its official code.
    const phone = await context.newPage()
    await phone.goto(`${product.simulatorURL}/qun`)
    await phone.getByLabel('群名 Group name').fill(`商户群 ${mark}`)
    await phone.getByRole('button', { name: '建一个客户群' }).click()
    const groupOf = async () => {
      const { groups } = (await shop.phone('/wecom/groups')) as { groups: Group[] }
      return groups.find(({ name }) => name === `商户群 ${mark}`)
    }
    await shop.until(async () => (await ask()).status === 'open', 60_000)
    const qr = visitor.locator('img[src$="/qr"]')
    await visitor.bringToFront()
    await expect(qr).toBeVisible({ timeout: 30_000 })
    await expect.poll(() => qr.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100)
    await expect(visitor.getByText('长按识别二维码，直接入群')).toBeVisible()
    // The page reloads once more when the group has been counted.
    await expect(() => expectNoViolations(visitor)).toPass()
    await expectFits(visitor, info, 'join')

    // A stranger scans it: the phone page opens from the same link, and the person joins.
    const { wxid } = await shop.phone('/accounts', { nickname: `黑旋风${mark}`, canLogIn: false })
    const { joinWays } = await shop.phone('/wecom/groups')
    const chatId = (await groupOf())?.chatId
    const way = (joinWays as { configId: string; chatId: string }[]).find((one) => one.chatId === chatId)
    await phone.bringToFront()
    await phone.goto(`${product.simulatorURL}/qun?join=${way?.configId ?? ''}`)
    await phone.getByLabel('顾客 Customer').selectOption(wxid)
    await expectNoViolations(phone)
    await expectFits(phone, info, 'scan')
    await phone.getByRole('button', { name: '加入群聊' }).click()
    await expect(phone.getByText('你在群里 · 2 人')).toBeVisible()
    await phone.screenshot({ path: info.outputPath('joined-375.png'), fullPage: true })

    // The shop's endpoint receives both events, once each, and the dashboard shows the member.
    const received = () =>
      endpoint.received
        .map(({ body: text }) => JSON.parse(text) as { action: string; data: { member?: string } })
        .filter(({ action }) => events.includes(action))
    await shop.until(async () => received().length >= 2)
    expect(received().map(({ data }) => data.member)).toEqual([undefined, `黑旋风${mark}`])
    await page.bringToFront()
    await page.goto('/dashboard/quns')
    await page
      .getByRole('link', { name: new RegExp(`商户群 ${mark}`) })
      .first()
      .click()
    await expect(page.getByText(`黑旋风${mark}`).first()).toBeVisible({ timeout: 20_000 })
    await expectNoViolations(page)
    await page.screenshot({ path: info.outputPath('qun.png'), fullPage: true })

    const other = `别的群 ${mark}`
    await shop.phone('/wecom/groups', { name: other })
    await changePool(page, info, { connectorId, taken: `商户群 ${mark}`, other })
  } finally {
    endpoint.close()
  }
})
