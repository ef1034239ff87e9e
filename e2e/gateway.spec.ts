import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { createTenant } from '@/e2e/create-tenant'
import { expectNoViolations } from '@/e2e/expect-no-violations'
import { signIn } from '@/e2e/sign-in'
import { expect, markOf, test } from '@/e2e/test'

const root = resolve(import.meta.dirname, '..')

test('E8: a gateway robot logs in through a number and a face check, and works in rooms', async ({
  page,
  product,
}, info) => {
  const mark = markOf(info)
  const shop = await createTenant(product, `群聊店 ${mark}`)
  const { wxid } = await shop.phone('/accounts', { nickname: `小关 ${mark}` })
  const [friend, other] = ['wxid_wangfang0101', 'wxid_liwei0000102']
  for (const one of [friend, other]) await shop.phone(`/accounts/${wxid}/friends`, { friend: one })
  const made = await shop.phone('/rooms', {
    name: `网关测试群 ${mark} 100086`,
    owner: friend,
    members: [wxid, other],
  })
  await shop.phone(`/rooms/${encodeURIComponent(made.id)}/save`, { wxid, saved: true })

  const run = (args: string[], input = '') =>
    JSON.parse(
      execFileSync(process.execPath, ['scripts/cli.mjs', ...args, '--json'], {
        cwd: root,
        env: { PATH: process.env['PATH'], DATA_DIR: product.dataDir, NODE_ENV: 'production' },
        encoding: 'utf8',
        input,
      }),
    ) as Record<string, unknown>
  const { connectorId } = run(
    `connector create --type gateway --name gateway-${mark} --base-url ${product.simulatorURL} --token-stdin --accept-risk`
      .split(' ')
      .concat('--application', shop.applicationId),
    `sim-${mark}\n`,
  )
  const checked = run(['connector', 'check', '--connector', String(connectorId)])
  expect(JSON.stringify(checked)).toContain('"problems":[]')

  const username = `gateway_${mark}`
  const created = await shop.call('POST', '/robots', { username, connection: 'gateway', connector_id: connectorId })
  const robotId = (created.data as { robot: { id: string } }).robot.id
  await shop.cli('robot', 'update', '--robot', robotId, '--send-rate', '0')
  await signIn(page, product)
  const robotUrl = `${product.baseURL}/dashboard/robots/${robotId}`
  await page.goto(`${robotUrl}/session`)
  await expect(page.getByText('网关不是微信官方服务')).toBeVisible()
  await expectNoViolations(page)
  await page.getByRole('button', { name: '获取登录二维码' }).click()
  const qr = page.getByRole('img', { name: '微信登录二维码' })
  await expect(qr).toBeVisible({ timeout: 20_000 })
  const phoneUrl = await page.getByRole('link', { name: '打开模拟手机' }).getAttribute('href')
  const code = `/gateway/codes/${new URL(phoneUrl ?? '').searchParams.get('code')}`
  await shop.phone(`${code}/scan`, { wxid, number: '42', check: true })
  const number = page.getByLabel('手机上显示的数字')
  await expect(number).toBeVisible({ timeout: 30_000 })
  await expectNoViolations(page)
  await number.fill('42')
  await page.getByRole('button', { name: '继续' }).click()
  // The check takes the place of the login code.
  const check = page.getByRole('img', { name: '安全验证二维码' })
  await expect(check).toBeVisible({ timeout: 30_000 })
  await expect.poll(() => check.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100)
  await expect(page.getByText('请完成安全验证')).toBeVisible()
  await page.screenshot({ path: info.outputPath('check.png') })
  await shop.phone(`${code}/pass`, {})
  await shop.phone(`${code}/confirm`, {})
  await expect(page.getByText(`小关 ${mark} 已登录`)).toBeVisible({ timeout: 30_000 })

  await page.goto(`${robotUrl}/rooms`)
  await expect(page.getByText(`网关测试群 ${mark} 100086`).first()).toBeVisible({ timeout: 20_000 })
  await page.screenshot({ path: info.outputPath('rooms.png') })
  await page.getByRole('button', { name: `网关测试群 ${mark} 100086 的操作` }).click()
  await page.getByRole('menuitem', { name: '入群二维码' }).click()
  const joinCode = page.getByRole('img', { name: `「网关测试群 ${mark} 100086」的入群二维码` })
  await expect(joinCode).toBeVisible({ timeout: 20_000 })
  await expect.poll(() => joinCode.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(50)
  await expectNoViolations(page)
  await page.screenshot({ path: info.outputPath('join-code.png') })
  await shop.phone(`/rooms/${encodeURIComponent(made.id)}/messages`, {
    from: friend,
    type: 'text',
    text: '今天发货吗？',
  })
  await page.goto(`${robotUrl}/messages`)
  await expect(page.getByText('今天发货吗？').first()).toBeVisible({ timeout: 20_000 })
  const image = `${product.simulatorURL}/sim/avatars/${friend}.png`
  const send = (msg_type: string, content: string) =>
    shop.call('POST', `/robots/${robotId}/message`, { to_user: made.id, msg_type, content })
  expect(await send('text', '下午四点前发出')).toMatchObject({ retCode: 0 })
  // Image links never reach the product's own simulator.
  expect(await send('image', image)).toMatchObject({ retCode: -1002 })
  const { messages } = await shop.phone(`/rooms/${encodeURIComponent(made.id)}/messages`)
  expect((messages as { text: string }[]).map(({ text }) => text)).toContain('下午四点前发出')
  await page.screenshot({ path: info.outputPath('messages.png') })

  const forged = await fetch(`${product.baseURL}/v1/gateway/${'x'.repeat(22)}/callback`, { method: 'POST', body: '{}' })
  expect(forged.status).toBe(404)
  await page.goto(`${product.baseURL}/dashboard/settings/connectors/${String(connectorId)}`)
  const refusals = page.getByRole('region', { name: '不予处理的回调' })
  await expect(refusals.getByText('地址不属于任何连接器')).toBeVisible()
  await expectNoViolations(page)
  await page.screenshot({ path: info.outputPath('connector.png') })
})
