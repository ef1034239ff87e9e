import { createTenant } from '@/e2e/create-tenant'
import { expectNoViolations } from '@/e2e/expect-no-violations'
import { signIn } from '@/e2e/sign-in'
import { expect, markOf, test } from '@/e2e/test'

test('E5: an iLink robot logs in, replies within its reply window, and logs in again after a dead token', async ({
  page,
  context,
  product,
}, info) => {
  const mark = markOf(info)
  const shop = await createTenant(product, `私聊 ${mark}`)
  const username = `ilink_${mark}`
  const { wxid } = await shop.phone('/accounts', { nickname: `小爱 ${mark}` })
  await signIn(page, product)

  // The form shows the limits of each connection type.
  await page.goto('/dashboard/robots')
  await page.getByRole('button', { name: '新建机器人' }).first().click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('应用').selectOption({ label: `私聊 ${mark}` })
  await sheet.getByLabel('微信号').fill(username)
  await expect(sheet.getByText(/只用于模拟器和演示/)).toBeVisible()
  await sheet.getByRole('radio', { name: 'iLink' }).check()
  await expectNoViolations(page)
  await sheet.getByRole('button', { name: '新建机器人' }).click()
  await page.waitForURL(/\/session$/)
  const robotUrl = page.url().replace(/\/session.*/, '')
  const robotId = /rbt_\w+/.exec(robotUrl)?.[0] ?? ''
  await shop.cli('robot', 'update', '--robot', robotId, '--send-rate', '0')

  /** Requests a QR code and returns the path of its controls on the simulated phone. */
  async function requestCode(): Promise<string> {
    await page.getByRole('button', { name: '获取登录二维码' }).click()
    await expect(page.getByRole('img', { name: '微信登录二维码' })).toBeVisible({ timeout: 20_000 })
    const phoneUrl = await page.getByRole('link', { name: '打开模拟手机' }).getAttribute('href')
    return `/ilink/codes/${new URL(phoneUrl ?? '').searchParams.get('code')}`
  }

  // The phone shows a number: the scan page gets a wrong one, the dashboard the right one.
  const code = await requestCode()
  await expectNoViolations(page)
  const scanPage = await context.newPage()
  await scanPage.goto((await page.getByRole('link', { name: '打开扫码页' }).getAttribute('href')) ?? '')
  await shop.phone(`${code}/scan`, { wxid, number: '42' })
  const number = '手机上显示的数字'
  await scanPage.getByLabel(number).fill('7')
  await scanPage.getByRole('button', { name: '继续' }).click()
  await expect(scanPage.getByText('数字不对，请按手机上显示的重新输入')).toBeVisible({ timeout: 20_000 })
  await expectNoViolations(scanPage)
  await page.bringToFront()
  await expect(page.getByLabel(number)).toBeVisible()
  await expectNoViolations(page)
  await page.getByLabel(number).fill('42')
  await page.getByRole('button', { name: '继续' }).click()
  await expect(page.getByText('请在手机上确认').first()).toBeVisible({ timeout: 20_000 })
  await shop.phone(`${code}/confirm`, {})
  await expect(page.getByText(`${username} 已登录`)).toBeVisible({ timeout: 20_000 })
  await expectNoViolations(page)

  // The dashboard hides what the connection does not support.
  const tabs = page.getByRole('navigation', { name: '机器人页面' })
  await expect(tabs.getByRole('link', { name: '消息' })).toBeVisible()
  await expect(tabs.getByRole('link', { name: '微信群' })).toHaveCount(0)
  await page.goto(`${robotUrl}/rooms`)
  await expect(page.getByRole('heading', { name: '这种连接方式没有微信群' })).toBeVisible()
  await expectNoViolations(page)
  await page.goto(`${robotUrl}/settings`)
  await expect(page.getByText(/这种连接方式只有一对一私聊，没有微信群/)).toBeVisible()
  await expect(page.getByLabel('代理号')).toHaveCount(0)
  await expectNoViolations(page)

  // The robot cannot write first.
  await page.goto(`${robotUrl}/messages`)
  if (mark === 'phone') await page.getByRole('button', { name: '发送测试消息' }).click()
  const send = page.getByRole('button', { name: '发送', exact: true })
  await expect(page.getByText(/对方还没有发来消息/)).toBeVisible()
  await expect(send).toBeDisabled()

  // The first message opens the reply window, and the reply reaches the phone.
  const phone = await context.newPage()
  await phone.goto(`${product.simulatorURL}/?account=${wxid}`)
  await phone.getByRole('button', { name: /我的机器人/ }).click()
  const write = async (text: string) => {
    await phone.bringToFront()
    await phone.getByLabel('消息内容 Message').fill(text)
    await phone.getByRole('button', { name: '发送 Send', exact: true }).click()
    await expect(phone.getByText(text)).toBeVisible()
    await page.bringToFront()
  }
  await write('在吗？')
  await expect(page.getByText('在吗？')).toBeVisible({ timeout: 20_000 })
  await expect(page.getByText(/还能发 10 条/)).toBeVisible({ timeout: 20_000 })
  await expectNoViolations(page)
  await page.getByLabel('内容', { exact: true }).fill('在的，请讲')
  await send.click()
  await expect(page.getByText('已发送，微信已接收。')).toBeVisible({ timeout: 35_000 })
  await expect(phone.getByText('在的，请讲')).toBeVisible()

  // Nine more replies close the window until the person writes again.
  const reply = (content: string) =>
    shop.call('POST', `/robots/${robotId}/message`, { to_user: 'owner', msg_type: 'text', content })
  for (let count = 2; count <= 10; count++) expect(await reply(`第 ${count} 条`)).toMatchObject({ retCode: 0 })
  expect(await reply('第 11 条')).toMatchObject({ retCode: -1006 })
  await expect(page.getByText(/回复窗口已关闭：对方最后一条消息之后已发送 10 条/)).toBeVisible({ timeout: 20_000 })
  await expect(send).toBeDisabled()
  await expectNoViolations(page)
  await write('还在吗？')
  await expect(page.getByText(/还能发 10 条/)).toBeVisible({ timeout: 20_000 })
  await page.screenshot({ path: info.outputPath('reply-window.png') })

  // WeChat revokes the token: the next scan needs no number.
  await page.goto(`${robotUrl}/session`)
  await shop.phone(`/ilink/people/${wxid}/end`, {})
  await expect(page.getByText(/微信不再接受这个机器人的令牌/)).toBeVisible({ timeout: 20_000 })
  await expectNoViolations(page)
  const secondCode = await requestCode()
  expect(secondCode).not.toBe(code)
  await shop.phone(`${secondCode}/scan`, { wxid })
  await expect(page.getByText('请在手机上确认').first()).toBeVisible({ timeout: 20_000 })
  await shop.phone(`${secondCode}/confirm`, {})
  await expect(page.getByText(`${username} 已登录`)).toBeVisible({ timeout: 20_000 })
})
