import { expect, test } from '@/e2e/test'

const patience = { timeout: 60_000 }

test('the API reference renders and sends a test request without requests to other origins', async ({
  page,
  product,
}) => {
  const foreignRequests: string[] = []
  const pageErrors: string[] = []
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== product.baseURL && !request.url().startsWith('data:'))
      foreignRequests.push(request.url())
  })
  page.on('console', (message) => {
    if (message.type() === 'error') pageErrors.push(message.text())
  })
  page.on('pageerror', (error) => pageErrors.push(error.message))
  const response = await page.goto('/docs')
  expect(response?.headers()['content-security-policy']).toContain("default-src 'none'")
  // A line until the browser has resolved the whole document, which takes seconds, or many on a busy machine.
  expect(await response?.text()).toContain('<p id="progress" role="status">正在加载接口文档')
  await expect(page.getByRole('heading', { name: '错误码' })).toBeVisible(patience)
  await expect(page.getByRole('status')).toBeHidden()
  await expect(page.getByText('已扫码，等待在手机上确认').first()).toBeVisible()

  await page.goto('/docs#post-/robots')
  await page.reload()
  await expect(page.getByRole('heading', { name: '创建微信机器人' })).toBeVisible(patience)
  await page.getByRole('button', { name: 'TRY', exact: true }).click()
  // The token of the sample does not exist.
  await expect(page.getByText('2000').first()).toBeVisible()
  expect(foreignRequests).toEqual([])
  expect(pageErrors).toEqual([])
})
