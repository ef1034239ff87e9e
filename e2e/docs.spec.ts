import { expect, test } from './test'

test('the API reference is drawn and tried out with nothing but this origin', async ({ page, product }) => {
  const elsewhere: string[] = []
  const complaints: string[] = []
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== product.baseURL && !request.url().startsWith('data:'))
      elsewhere.push(request.url())
  })
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  const response = await page.goto('/docs')
  expect(response?.headers()['content-security-policy']).toContain("default-src 'none'")
  await expect(page.getByRole('heading', { name: '错误码' })).toBeVisible()
  await expect(page.getByText('已扫码，等待在手机上确认').first()).toBeVisible()

  await page.goto('/docs#post-/robots')
  await page.reload()
  await expect(page.getByRole('heading', { name: '创建微信机器人' })).toBeVisible()
  await page.getByRole('button', { name: 'TRY', exact: true }).click()
  // The sample's token is nobody's.
  await expect(page.getByText('2000').first()).toBeVisible()
  expect(elsewhere).toEqual([])
  expect(complaints).toEqual([])
})
