import { createTenant } from '@/e2e/create-tenant'
import { expectNoViolations } from '@/e2e/expect-no-violations'
import { signIn } from '@/e2e/sign-in'
import { expect, markOf, test } from '@/e2e/test'

const friend = 'wxid_wangfang0101'

test('F2: an operator sets up a rule, an article and the simulated model; people are answered in private', async ({
  page,
  product,
}, info) => {
  const mark = markOf(info)
  const shop = await createTenant(product, `回复店 ${mark}`)
  const robot = await shop.openRobot(`回复_${mark}`)
  await shop.phone(`/accounts/${robot.wxid}/friends`, { friend })
  const say = (text: string) => shop.phone(`/chats/${robot.wxid}/messages`, { from: friend, type: 'text', text })
  const answers = async () => {
    const { messages } = await shop.phone(`/chats/${friend}/${robot.wxid}/messages`)
    return (messages as { from: string; text: string }[]).filter(({ from }) => from === robot.wxid)
  }
  const isAnswered = (text: string) =>
    expect.poll(async () => (await answers()).map((answer) => answer.text), { timeout: 30_000 }).toContain(text)

  const path = `/dashboard/applications/${shop.applicationId}/replies`
  await signIn(page, product)
  await page.goto(path)
  const sheet = page.getByRole('dialog')
  const card = (name: string) => page.getByRole('region', { name, exact: true })

  await page.getByRole('button', { name: '新建规则' }).click()
  await sheet.getByLabel('名称').fill('运费')
  await sheet.getByLabel('文字').first().fill('运费\n包邮')
  await sheet.getByRole('button', { name: '保存' }).click()
  await expect(sheet.getByText('不能为空')).toBeVisible()
  await sheet.getByRole('textbox', { name: '回复的文字' }).fill('{name}，满 99 元包邮。')
  await sheet.getByRole('button', { name: '保存' }).click()
  await expect(sheet).toBeHidden()
  const rules = card('规则')
  await rules.getByLabel('对方发送').fill('运费多少')
  await rules.getByRole('button', { name: '试一试' }).click()
  await expect(rules.getByText('小林，满 99 元包邮。')).toBeVisible()

  await page.getByLabel('选择 Markdown 或 CSV 文件').setInputFiles({
    name: '常见问题.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('问题,答案\n怎么退货,七天内可以退货。\n'),
  })
  await expect(card('知识文章').getByText('怎么退货')).toBeVisible()

  const model = card('模型')
  await model.getByRole('button', { name: '使用模拟模型' }).click()
  await model.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('已保存').first()).toBeVisible()
  await page.getByLabel('问题', { exact: true }).fill('可以退货吗')
  await page.getByRole('button', { name: '提问' }).click()
  await expect(card('试问').getByText('七天内可以退货。').first()).toBeVisible()
  await expect(card('试问').getByText('已引用')).toBeVisible()
  await expectNoViolations(page)

  const order = card('谁来回复')
  for (const stage of ['规则', '模型', '转人工']) {
    await order.getByRole('checkbox', { name: new RegExp(`^\\s*\\d?\\s*${stage}`) }).click()
    await expect(order.getByRole('checkbox', { name: new RegExp(stage) }).first()).toBeEnabled()
  }
  const limits = card('转人工与频率')
  await limits.getByLabel('同一个人两次自动回复的间隔').fill('0')
  await limits.getByRole('button', { name: '保存' }).click()
  await shop.until(async () => {
    const { settings } = await (
      await page.request.get(`/api/dashboard/applications/${shop.applicationId}/replies`)
    ).json()
    return settings.personCooldownSeconds === 0 && settings.usesRules && settings.usesModel && settings.usesHandover
  })
  await page.getByRole('button', { name: '新建快捷回复' }).click()
  await sheet.getByLabel('快捷词').fill('营业')
  await sheet.getByRole('textbox', { name: '文字', exact: true }).fill('{name}，早九晚六。')
  await sheet.getByRole('button', { name: '保存' }).click()
  await expect(sheet).toBeHidden()
  await expect(card('快捷回复').getByText('{name}，早九晚六。')).toBeVisible()
  await expectNoViolations(page)
  await page.screenshot({ path: `${info.outputDir}/replies-1280.png`, fullPage: true })
  await page.setViewportSize({ width: 375, height: 812 })
  await page.screenshot({ path: `${info.outputDir}/replies-375.png`, fullPage: true })

  await say('运费多少')
  await isAnswered('王芳，满 99 元包邮。')
  await say('怎么退货')
  await isAnswered('七天内可以退货。')
  await say('人工')
  await shop.until(async () => {
    const { data } = await shop.call('GET', '/v1/conversations')
    return (data?.['conversations'] as { state: string }[])?.some(({ state }) => state === 'waiting')
  })
})
