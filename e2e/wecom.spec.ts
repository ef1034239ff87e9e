import { createTenant, itemOf } from '@/e2e/create-tenant'
import { expectNoViolations } from '@/e2e/expect-no-violations'
import { signIn } from '@/e2e/sign-in'
import { expect, test } from '@/e2e/test'

const secrets = { token: 'wecomCallback1', aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG' }

test('E6: a stranger writes to a 客服 account, is answered, meets a person and returns to the robot', async ({
  page,
  context,
  product,
}, info) => {
  const shop = createTenant(product, '客服店')
  const company = await shop.phone('/wecom/state')
  const { openKfId } = await shop.phone('/wecom/accounts', { name: '门店客服' })
  await signIn(page, product)

  // The connector: credentials of the company, its callback URL, and what is missing.
  await page.goto('/dashboard/settings/connectors')
  await page.getByRole('button', { name: '新建连接器' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('radio', { name: '企业微信' }).check()
  await sheet.getByLabel('名称').fill('云商城')
  await sheet.getByLabel('企业 ID').fill(company.corpId)
  await sheet.getByLabel('应用 Secret').fill(company.secret)
  await sheet.getByLabel('Token').fill(secrets.token)
  await sheet.getByLabel('EncodingAESKey').fill(secrets.aesKey)
  await sheet.getByLabel('客服店').check()
  await sheet.getByRole('button', { name: '新建连接器' }).click()
  await page.waitForURL(/\/connectors\/cnr_/)
  const connectorId = /cnr_\w+/.exec(page.url())?.[0] ?? ''
  const url = (await page.getByText(/\/v1\/wecom\/\w{22}\/callback/).textContent()) ?? ''
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
  shop.cli('robot', 'update', '--robot', robotId, '--send-rate', '0')
  expect(await shop.call('POST', `/robots/${robotId}/login`)).toMatchObject({
    retCode: -1006,
    errorMsg: '该机器人由企业凭证连接，无需扫码',
  })
  await page.goto(`/dashboard/robots/${robotId}/session`)
  await expect(page.getByText('等待企业微信')).toBeVisible()
  await expectNoViolations(page)
  await shop.phone('/wecom/callback', { url, ...secrets })
  await expect(page.getByText('门店客服 已在线')).toBeVisible({ timeout: 30_000 })
  const link = page.getByRole('link', { name: /\/kf\?account=/ })
  await expect(link).toBeVisible()
  await expectNoViolations(page)
  await page.screenshot({ path: info.outputPath('robot.png'), fullPage: true })

  // A stranger opens the link and asks; the application answers.
  const phone = await context.newPage()
  await phone.goto((await link.getAttribute('href')) ?? '')
  const write = async (text: string) => {
    await phone.getByLabel('消息内容 Message').fill(text)
    await phone.getByRole('button', { name: '发送 Send', exact: true }).click()
    await expect(phone.getByText(text, { exact: true })).toBeVisible()
  }
  const answer = async (content: string) => {
    const toUser = await shop.until(async () => {
      const { data } = await shop.call('GET', `/v1/robots/${robotId}/contacts`)
      return ((data?.['contacts'] ?? []) as { id: string }[])[0]?.id
    })
    return shop.call('POST', `/robots/${robotId}/message`, { to_user: toUser, msg_type: 'text', content })
  }
  const startedMs = Date.now()
  await write('几点开门？')
  const answered = await answer('上午九点')
  // Announced by the callback: far earlier than the next poll.
  expect(Date.now() - startedMs).toBeLessThan(20_000)
  expect(answered).toMatchObject({ retCode: 0 })
  await expect(phone.getByText('上午九点')).toBeVisible()
  await phone.screenshot({ path: info.outputPath('stranger.png'), fullPage: true })

  // A person takes over in WeCom: the robot is refused until the conversation has ended.
  await phone.getByRole('button', { name: /^接待/ }).click()
  await phone.getByLabel('员工的回复').fill('我是店员小王')
  await phone.getByRole('button', { name: /^回复/ }).click()
  await expect(phone.getByText('我是店员小王')).toBeVisible()
  expect(await answer('机器人插话')).toMatchObject({ retCode: -1006 })
  await phone.getByRole('button', { name: /^结束会话/ }).click()
  await write('谢谢')
  await shop.until(async () => (await answer('不客气')).retCode === 0)
  await expect(phone.getByText('不客气').first()).toBeVisible()

  await page.bringToFront()
  await page.goto(`/dashboard/robots/${robotId}/messages`)
  await expect(page.getByText('几点开门？').first()).toBeVisible({ timeout: 20_000 })
  await page.screenshot({ path: info.outputPath('messages.png'), fullPage: true })
  await page.goto(`/dashboard/settings/connectors/${connectorId}`)
  await page.getByRole('button', { name: '检查', exact: true }).click()
  await expect(page.getByText(/企业微信还没有验证回调地址/)).toBeHidden({ timeout: 30_000 })
})
