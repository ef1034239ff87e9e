import type { CDPSession, Page } from '@playwright/test'
import { openForm } from '@/e2e/open-form'
import { signIn } from '@/e2e/sign-in'
import { expect, markOf, test } from '@/e2e/test'

/** Returns the number of applications with this name. */
async function countNamed(page: Page, name: string): Promise<number> {
  const response = await page.request.get(`/api/dashboard/applications?${new URLSearchParams({ q: name })}`)
  return ((await response.json()) as { total: number }).total
}

const token = /^wx_\w{40}$/

test('a double click creates one application and one token, and shows the secret', async ({ page, product }, info) => {
  const name = `双击 ${markOf(info)}`
  await signIn(page, product)
  const { sheet, submit } = await openForm(page, name)
  await submit.dblclick()
  await expect(sheet.getByText(token)).toBeVisible()
  await sheet.getByRole('button', { name: '我已保存' }).click()
  await expect(page.getByRole('heading', { name })).toBeVisible()
  expect(await countNamed(page, name)).toBe(1)

  await page.getByRole('link', { name: '令牌', exact: true }).click()
  await page.getByRole('button', { name: '签发令牌' }).click()
  await sheet.getByLabel('名称').fill('收银台')
  await sheet.getByRole('button', { name: '签发令牌' }).dblclick()
  await expect(sheet.getByText(token)).toBeVisible()
  await sheet.getByRole('button', { name: '我已保存' }).click()
  const applicationId = new URL(page.url()).pathname.split('/')[3]
  const shown = await (await page.request.get(`/api/dashboard/applications/${applicationId}`)).json()
  expect((shown as { tokens: unknown[] }).tokens).toHaveLength(2)
})

test('a change whose response is lost is applied once, and the operator still gets its secret', async ({
  page,
  product,
}, info) => {
  const name = `断线 ${markOf(info)}`
  await signIn(page, product)
  const { sheet, submit } = await openForm(page, name)
  const path = '**/api/dashboard/applications'
  await page.route(path, async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    await route.fetch()
    await route.abort()
  })
  await submit.click()
  await expect(sheet.getByRole('alert')).toContainText('服务器没有回应')
  expect(await countNamed(page, name)).toBe(1)
  await page.unroute(path)

  // Other values do not apply it a second time either: the form shows the first values again.
  await sheet.getByLabel('名称').fill(`${name} 改`)
  await submit.click()
  await expect(sheet.getByRole('alert')).toContainText('上一次提交已经生效')
  await expect(sheet.getByLabel('名称')).toHaveValue(name)
  await submit.click()
  await expect(sheet.getByText(token)).toBeVisible()
  expect(await countNamed(page, name)).toBe(1)
})

test('an offline form fails at once, keeps its values, and sends nothing when the network returns', async ({
  page,
  context,
  product,
}, info) => {
  const name = `离线 ${markOf(info)}`
  await signIn(page, product)
  const { sheet, submit } = await openForm(page, name)
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.push(request.url())
  })
  await context.setOffline(true)
  await submit.click()
  await expect(sheet.getByRole('alert')).toContainText('现在没有网络')
  await expect(sheet.getByLabel('名称')).toHaveValue(name)
  await expect(submit).toBeEnabled()
  await page.keyboard.press('Escape')
  await page.getByRole('alertdialog').getByRole('button', { name: '放弃' }).click()
  await expect(sheet).toBeHidden()

  await context.setOffline(false)
  // The page reloads its list when it notices the network.
  await page.waitForResponse((response) => response.url().includes('/api/dashboard/') && response.ok())
  expect(sent).toEqual([])
  expect(await countNamed(page, name)).toBe(0)
})

test('a form survives an expired session: it can be submitted after a sign-in over it', async ({
  page,
  context,
  product,
}, info) => {
  const name = `过期 ${markOf(info)}`
  await signIn(page, product)
  const { sheet, submit } = await openForm(page, name)
  await context.clearCookies()
  await submit.click()
  const again = page.getByRole('dialog', { name: '请重新登录' })
  await expect(again.getByLabel('邮箱')).toHaveValue(product.adminEmail)
  await again.getByLabel('密码', { exact: true }).fill(product.adminPassword)
  await again.getByRole('button', { name: '登录' }).click()
  await expect(again).toBeHidden()
  await expect(sheet.getByLabel('名称')).toHaveValue(name)
  await submit.click()
  await expect(sheet.getByText(token)).toBeVisible()
  expect(await countNamed(page, name)).toBe(1)
})

/** Types like an input method: composes letters, then ends the composition with a key. */
async function compose(cdp: CDPSession, letters: string): Promise<void> {
  for (let end = 1; end <= letters.length; end++) {
    const text = letters.slice(0, end)
    await cdp.send('Input.imeSetComposition', { text, selectionStart: end, selectionEnd: end })
  }
  const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 } as const
  await cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...enter })
  await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', ...enter })
}

test('input method composition neither searches for its letters nor submits the form with Enter', async ({
  page,
  context,
  product,
}) => {
  await signIn(page, product)
  await page.goto('/dashboard/callbacks')
  const searched: string[] = []
  page.on('request', (request) => {
    const q = new URL(request.url()).searchParams.get('q')
    if (q && request.url().includes('/api/dashboard/')) searched.push(q)
    if (request.method() === 'POST') searched.push(`POST ${request.url()}`)
  })
  const cdp = await context.newCDPSession(page)
  const field = page.getByRole('searchbox')
  await field.focus()
  await compose(cdp, 'qun')
  await expect(field).toHaveValue('qun')
  await cdp.send('Input.insertText', { text: '群' })
  await expect(page).toHaveURL(/q=%E7%BE%A4/)
  await expect.poll(() => new Set(searched)).toEqual(new Set(['群']))

  searched.length = 0
  await field.blur()
  await page.keyboard.press('Control+k')
  const menu = page.getByRole('dialog').getByRole('combobox')
  await expect(menu).toBeFocused()
  await compose(cdp, 'dian')
  await expect(menu).toBeVisible()
  await cdp.send('Input.insertText', { text: '店' })
  await expect.poll(() => searched).toEqual(['店'])
  await page.keyboard.press('Escape')

  searched.length = 0
  const { sheet } = await openForm(page, '')
  await sheet.getByLabel('名称').focus()
  await compose(cdp, 'shangdian')
  await cdp.send('Input.insertText', { text: '商店' })
  await expect(sheet.getByLabel('名称')).toHaveValue('商店')
  expect(searched).toEqual([])
})

test('pages opt out of translation and keep working when a browser translates them', async ({ page, product }) => {
  const errors: Error[] = []
  page.on('pageerror', (error) => errors.push(error))
  await page.goto('/dashboard/sign-in')
  await expect(page.locator('html')).toHaveAttribute('translate', 'no')
  await expect(page.locator('meta[name=google]')).toHaveAttribute('content', 'notranslate')
  await signIn(page, product)
  for (const path of ['/dashboard/callbacks', '/dashboard/applications', '/dashboard/robots', '/dashboard/messages']) {
    await page.goto(path)
    const field = page.getByRole('searchbox')
    const search = async (text: string) => {
      await field.fill(text)
      await expect(page).toHaveURL((url) => (url.searchParams.get('q') ?? '') === text)
    }
    // The search works only when the page's scripts are loaded.
    await expect(() => search('先')).toPass()
    await search('')
    await page.evaluate(() => {
      const texts: Text[] = []
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      while (walker.nextNode()) texts.push(walker.currentNode as Text)
      for (const text of texts) {
        if (!text.data.trim() || text.parentElement?.closest('script, style')) continue
        // Browsers wrap each text in two elements.
        const wrapper = document.createElement('font')
        text.replaceWith(wrapper)
        wrapper.append(document.createElement('font'))
        wrapper.firstElementChild?.append(text)
      }
    })
    await search('没有这样的')
    await search('')
    await expect(page.getByText('页面出错了')).toHaveCount(0)
  }
  expect(errors).toEqual([])
})
