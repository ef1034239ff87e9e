import { EventEmitter, once } from 'node:events'
import { openForm } from '@/e2e/open-form'
import { signIn } from '@/e2e/sign-in'
import { expect, markOf, test } from '@/e2e/test'

test('a sheet with unsaved text asks for confirmation before Escape, Back or its button closes it', async ({
  page,
  product,
}) => {
  await signIn(page, product)
  const question = page.getByRole('alertdialog')
  const { sheet } = await openForm(page, '还没保存')
  const stay = async () => {
    await expect(question).toContainText('放弃还没有保存的内容')
    await question.getByRole('button', { name: '继续填写' }).click()
    await expect(question).toBeHidden()
  }
  await page.keyboard.press('Escape')
  await stay()
  await page.goBack()
  await stay()
  await sheet.getByRole('button', { name: '关闭' }).click()
  await stay()
  await expect(sheet.getByLabel('名称')).toHaveValue('还没保存')
  await page.goBack()
  await question.getByRole('button', { name: '放弃' }).click()
  await expect(sheet).toBeHidden()
  await expect(page).toHaveURL(/\/dashboard\/applications$/)
})

test('a page form with unsaved text asks for confirmation before a link, Back or the browser leaves', async ({
  page,
  product,
}, info) => {
  await signIn(page, product)
  const question = page.getByRole('alertdialog')
  const { sheet, submit } = await openForm(page, `有改动 ${markOf(info)}`)
  await submit.click()
  await sheet.getByRole('button', { name: '我已保存' }).click()
  await page.waitForURL(/\/applications\/app_/)
  const own = page.url()
  const field = page.getByRole('textbox', { name: '回调地址' })
  const stay = async () => {
    await question.getByRole('button', { name: '继续填写' }).click()
    await expect(question).toBeHidden()
    expect(page.url()).toBe(own)
    await expect(field).toHaveValue('https://example.com/cb')
  }
  await field.fill('https://example.com/cb')
  await page.getByRole('link', { name: '机器人' }).first().click()
  await stay()
  await page.goBack()
  await stay()
  const opened = page.waitForEvent('dialog')
  await page.evaluate(() => setTimeout(() => location.reload()))
  const dialog = await opened
  expect(dialog.type()).toBe('beforeunload')
  await dialog.dismiss()
  await expect(field).toHaveValue('https://example.com/cb')
  await page.evaluate(() => history.back())
  await question.getByRole('button', { name: '放弃' }).click()
  await expect(page).toHaveURL(/\/dashboard\/applications$/)
})

test('a page that is being opened still opens when a form is saved meanwhile', async ({ page, product }, info) => {
  await signIn(page, product)
  const { sheet, submit } = await openForm(page, `正在保存 ${markOf(info)}`)
  await submit.click()
  await sheet.getByRole('button', { name: '我已保存' }).click()
  await page.waitForURL(/\/applications\/app_/)
  const held = new EventEmitter()
  const [mayStore, mayOpen] = [once(held, 'store'), once(held, 'open')]
  await page.route('**/api/dashboard/**', async (route) => {
    if (route.request().method() !== 'GET') await mayStore
    await route.continue()
  })
  await page.route('**/dashboard/robots', async (route) => {
    await mayOpen
    await route.continue()
  })
  await page.getByRole('textbox', { name: '回调地址' }).fill('https://example.com/saved')
  await page.getByRole('button', { name: '保存' }).first().click()
  const opened = page.goto('/dashboard/robots')
  await page.waitForRequest('**/dashboard/robots')
  // The page reads the application again once it is saved; Playwright cannot look at a page that is being left.
  const shown = page.waitForResponse((response) => {
    const request = response.request()
    return request.method() === 'GET' && /\/api\/dashboard\/applications\/app_\w+$/.test(request.url())
  })
  held.emit('store')
  await shown
  held.emit('open')
  await opened
  await expect(page).toHaveURL(/\/dashboard\/robots$/)
})

test('Back closes an open sheet or dialog and stays on the page under it', async ({ page, product }) => {
  await signIn(page, product)
  await page.goto('/dashboard/robots')
  await openForm(page, '')
  const sheet = page.getByRole('dialog')
  await page.goBack()
  await expect(sheet).toBeHidden()
  await expect(page).toHaveURL(/\/dashboard\/applications$/)
  // A sheet closed by another action leaves no history entry.
  await openForm(page, '')
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
  await page.keyboard.press('Control+k')
  await expect(sheet).toBeVisible()
  await page.goBack()
  await expect(sheet).toBeHidden()
  await expect(page).toHaveURL(/\/dashboard\/applications$/)
})
