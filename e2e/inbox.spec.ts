import { createTenant } from '@/e2e/create-tenant'
import { expectNoViolations } from '@/e2e/expect-no-violations'
import { listenForTrouble, signIn } from '@/e2e/sign-in'
import { expect, markOf, test } from '@/e2e/test'
import { tinyPng } from '@/lib/testing/tiny-png'

const person = 'wxid_wangfang0101'

test('a person writes, an operator claims the conversation, replies with a picture and resolves it', async ({
  page,
  product,
}, info) => {
  const isPhone = info.project.name === 'phone'
  const mark = markOf(info)
  const shop = await createTenant(product, `会话 ${mark}`)
  const robot = await shop.openRobot(`inbox_${mark}`)
  await shop.phone(`/accounts/${robot.wxid}/friends`, { friend: person })
  const write = (text: string) => shop.phone(`/chats/${robot.wxid}/messages`, { from: person, type: 'text', text })
  await signIn(page, product)
  const trouble = listenForTrouble(page)
  await page.goto(`/dashboard/inbox?robot=${robot.id}`)
  const list = page.getByRole('region', { name: '会话列表' })
  await expect(list.getByText('实时')).toBeVisible()
  await expectNoViolations(page)

  // A message appears within two seconds, without a reload.
  const question = `请问几点开门？${mark}`
  await write(question)
  const row = list.getByRole('link').filter({ hasText: question })
  await expect(row).toBeVisible({ timeout: 2000 })
  await expect(row).toContainText('1 条未读')
  await expectNoViolations(page)
  await page.screenshot({ path: info.outputPath('inbox-list.png') })

  // The operator opens and claims it.
  await row.click()
  const timeline = page.getByRole('region', { name: '会话内容' })
  await expect(timeline.getByText(question)).toBeVisible()
  await page.getByRole('button', { name: '分配给我' }).click()
  await expect(page.getByText(/已分配给 .+/)).toBeVisible()
  await expectNoViolations(page)

  // A text, sent by Enter, is shown at once and then with WeChat's response.
  const field = page.getByRole('textbox', { name: '回复内容' })
  await field.fill('上午九点，请您稍等')
  await field.press('Enter')
  await expect(timeline.getByText('上午九点，请您稍等')).toBeVisible()
  await expect(timeline.getByText('已发送')).toBeVisible({ timeout: 20_000 })

  // A picture reaches the person without a public link.
  await page.locator('input[type=file]').setInputFiles({ name: '门店.png', mimeType: 'image/png', buffer: tinyPng })
  await expect(page.getByText('图片已就绪，点「发送」')).toBeVisible()
  await expectNoViolations(page)
  await page.getByRole('button', { name: '发送', exact: true }).click()
  await expect(timeline.getByText('已发送')).toHaveCount(2, { timeout: 20_000 })
  await expect(timeline.getByRole('img', { name: '图片' })).toBeVisible()
  const received = await shop.until(async () => {
    const { messages } = await shop.phone(`/chats/${robot.wxid}/${person}/messages`)
    const [text, picture] = (messages as { type: string; text: string | null }[]).slice(-2)
    return picture?.type === 'image' && text
  })
  expect(received.text).toBe('上午九点，请您稍等')

  // A file reaches the person with its name.
  const sheet = { name: '价格表.csv', mimeType: 'text/csv', buffer: Buffer.from('名称,价格\n茶,10\n') }
  await page.locator('input[type=file]').setInputFiles(sheet)
  await expect(page.getByText('价格表.csv（0.1 KiB），点「发送」')).toBeVisible()
  await expectNoViolations(page)
  await page.screenshot({ path: info.outputPath('file.png') })
  await page.getByRole('button', { name: '发送', exact: true }).click()
  await expect(timeline.getByRole('link', { name: '文件：价格表.csv' })).toBeVisible({ timeout: 20_000 })
  await expect(timeline.getByText('已发送')).toHaveCount(3, { timeout: 20_000 })
  const arrived = await shop.until(async () => {
    const { messages } = await shop.phone(`/chats/${robot.wxid}/${person}/messages`)
    const last = (messages as { type: string; text: string | null }[]).at(-1)
    return last?.type === 'file' && last
  })
  expect(arrived.text).toContain('价格表.csv')

  // A quick reply: its shortcut is written after `/`, and its variable becomes the name of the person.
  await page.getByRole('button', { name: '快捷回复（输入 /）' }).click()
  await expect(page.getByText('还没有快捷回复。先写一条')).toBeVisible()
  const created = await shop.call('POST', '/v1/quick-replies', { shortcut: '退货', text: '{{name}}，七天内可以退货。' })
  expect(created.retCode).toBe(0)
  await page.reload()
  await field.fill('/退')
  await expect(page.getByRole('option', { name: '/退货' })).toBeVisible()
  await expectNoViolations(page)
  await page.screenshot({ path: info.outputPath('quick-replies.png') })
  if (isPhone) await page.getByRole('option', { name: '/退货' }).click()
  else await field.press('Enter')
  await expect(field).toHaveValue('王芳，七天内可以退货。')
  await field.press('Enter')
  await expect(timeline.getByText('王芳，七天内可以退货。')).toBeVisible()

  // Colleagues see a note, the person does not.
  await page.getByRole('button', { name: '备注' }).click()
  await page.getByRole('textbox', { name: '备注内容' }).fill('老客户，喜欢红色')
  await page.getByRole('button', { name: '保存备注' }).click()
  await expect(timeline.getByText('老客户，喜欢红色')).toBeVisible()
  await expectNoViolations(page)
  await page.screenshot({ path: info.outputPath('conversation.png') })

  // The answer of the person appears in the open conversation.
  await write(`谢谢 ${mark}`)
  await expect(timeline.getByText(`谢谢 ${mark}`)).toBeVisible({ timeout: 2000 })

  // Resolved, it leaves the list of open conversations until the person writes again.
  await page.getByRole('button', { name: '解决', exact: true }).click()
  await expect(page.getByRole('button', { name: '重新打开' })).toBeVisible()
  if (isPhone) await page.getByRole('button', { name: '返回列表' }).click()
  await expect(list.getByRole('link').filter({ hasText: `谢谢 ${mark}` })).toHaveCount(0)
  await list.getByRole('button', { name: '已解决' }).click()
  await expect(list.getByRole('link').filter({ hasText: `谢谢 ${mark}` })).toBeVisible()
  expect(trouble).toEqual([])
})

test('the inbox fits both languages and themes', async ({ page, product }, info) => {
  const shop = await createTenant(product, `会话外观 ${markOf(info)}`)
  const robot = await shop.openRobot(`look_${markOf(info)}`)
  await shop.phone(`/accounts/${robot.wxid}/friends`, { friend: person })
  for (const text of ['您好，请问这款还有货吗？', '我想要红色的，什么时候能到？'])
    await shop.phone(`/chats/${robot.wxid}/messages`, { from: person, type: 'text', text })
  await shop.phone(`/rooms/${encodeURIComponent(robot.simulatedRoomId)}/messages`, {
    from: person,
    type: 'text',
    text: '大家好，新品什么时候上架？',
  })
  await signIn(page, product)
  await page.goto(`/dashboard/inbox?robot=${robot.id}`)
  await page.getByRole('link').filter({ hasText: '我想要红色的' }).click()
  await page.getByRole('button', { name: '请求人工' }).click()
  await expect(page.getByText('请求人工 · 操作员要求', { exact: false })).toBeVisible()
  const field = page.getByRole('textbox', { name: '回复内容' })
  await field.fill('您好！红色有货，今天下单明天到 😊')
  await field.press('Enter')
  await expect(page.getByText('已发送')).toBeVisible({ timeout: 20_000 })
  const open = page.url()
  const width = info.project.name === 'phone' ? 375 : 1280
  await page.setViewportSize({ width, height: 800 })
  for (const locale of ['zh-CN', 'en'] as const)
    for (const theme of ['light', 'dark'] as const) {
      await page.context().addCookies([{ name: 'wxbot-locale', value: locale, url: product.baseURL }])
      await page.emulateMedia({ colorScheme: theme })
      for (const [name, url] of [
        ['list', open.replace(/&c=.*/, '')],
        ['pane', open],
      ] as const) {
        await page.goto(url)
        await expect(page.getByRole('link').filter({ hasText: '大家好' }).or(page.getByText('大家好'))).not.toHaveCount(
          0,
        )
        await expectNoViolations(page)
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        expect(overflow).toBeLessThanOrEqual(0)
        await page.screenshot({ path: info.outputPath(`${locale}-${theme}-${name}.png`) })
      }
    }
})
