import { openShop } from './open-shop'
import { signIn } from './sign-in'
import { expect, test } from './test'

test('the overview: its numbers lead to what is behind them, and its charts are read with arrow keys', async ({
  page,
  product,
}, { project }) => {
  const shop = openShop(product, `概览 ${project.name}`)
  const robot = await shop.openRobot(`概览 ${project.name}`)
  expect((await shop.send(robot, `概览里看得到 ${project.name}`)).retCode).toBe(0)
  await signIn(page, product)

  await page.goto('/dashboard?range=1h')
  await expect(page.getByRole('link', { name: `概览里看得到 ${project.name}` })).toHaveAttribute(
    'href',
    `/dashboard/robots/${robot.id}/messages`,
  )
  await page.getByRole('application', { name: /^消息/ }).focus()
  await page.keyboard.press('ArrowLeft')
  await expect(page.getByRole('status').filter({ hasText: '没有发成' })).toBeVisible()

  await page.getByRole('radio', { name: '表' }).click()
  const table = page.getByRole('region', { name: /^消息.*的数据/ })
  await expect(table.getByRole('link').first()).toHaveAttribute('href', /messages\?state=\w+&since=.+Z/)

  await page.getByRole('link', { name: /在线/ }).click()
  await expect(page).toHaveURL(/robots\?state=online/)
})
