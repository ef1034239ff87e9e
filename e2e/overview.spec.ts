import { createTenant } from '@/e2e/create-tenant'
import { signIn } from '@/e2e/sign-in'
import { expect, markOf, test } from '@/e2e/test'

test('the overview links its numbers to their lists, and arrow keys read its charts', async ({
  page,
  product,
}, info) => {
  const shop = await createTenant(product, `概览 ${markOf(info)}`)
  const robot = await shop.openRobot(`概览 ${markOf(info)}`)
  // No endpoint listens at this address, so the callbacks wait.
  const callbackUrl = ['--callback-url', 'http://127.0.0.1:9/cb', '--scope', 'all']
  await shop.cli('application', 'update', '--application', shop.applicationId, ...callbackUrl)
  await shop.phone(`/rooms/${encodeURIComponent(robot.simulatedRoomId)}/messages`, {
    from: 'wxid_wangfang0101',
    type: 'text',
    text: '有人吗？',
  })
  expect((await shop.send(robot, `概览里看得到 ${markOf(info)}`)).retCode).toBe(0)
  await signIn(page, product)

  await page.goto('/dashboard?range=1h')
  await expect(page.getByRole('link', { name: `概览里看得到 ${markOf(info)}` })).toHaveAttribute(
    'href',
    `/dashboard/robots/${robot.id}/messages`,
  )
  await page.getByRole('application', { name: /^消息/ }).focus()
  await page.keyboard.press('ArrowLeft')
  await expect(page.getByRole('status').filter({ hasText: '没有发成' })).toBeVisible()

  // All callbacks are from the current hour: a line with one point is drawn as a dot.
  await page.goto('/dashboard')
  const delays = page.getByRole('application', { name: /^回调延迟/ })
  // Its library is loaded after the page.
  await expect(delays).toBeVisible({ timeout: 30_000 })
  const drawn = () =>
    delays.evaluate((chart) => {
      const lengths = [...chart.querySelectorAll<SVGPathElement>('.recharts-area-curve')].map((path) =>
        path.getTotalLength(),
      )
      return chart.querySelectorAll('circle').length + Math.max(0, ...lengths)
    })
  await expect.poll(drawn).toBeGreaterThan(0)
  await page.goto('/dashboard?range=1h')

  await page.getByRole('radio', { name: '表' }).click()
  const table = page.getByRole('region', { name: /^消息.*的数据/ })
  await expect(table.getByRole('link').first()).toHaveAttribute('href', /messages\?state=\w+&since=.+Z/)

  await page.getByRole('link', { name: /在线/ }).click()
  await expect(page).toHaveURL(/robots\?state=online/)
})
