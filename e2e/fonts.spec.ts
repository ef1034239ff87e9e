import type { Page } from '@playwright/test'
import { createTenant } from '@/e2e/create-tenant'
import { preparePages } from '@/e2e/prepare-pages'
import { signIn } from '@/e2e/sign-in'
import { expect, markOf, test } from '@/e2e/test'

const chineseFace = /CJK|PingFang|YaHei|Songti|Hei\b/

/** Returns the font families that render a text in place of the page's heading. */
async function facesOf(page: Page, text = 'The assistant’s “first” room'): Promise<string[]> {
  await page.evaluate((words) => {
    const heading = document.querySelector('h1')
    if (heading) heading.textContent = words
  }, text)
  const client = await page.context().newCDPSession(page)
  await client.send('DOM.enable')
  await client.send('CSS.enable')
  let faces: string[] = []
  // A page that re-renders between two protocol calls invalidates the node id.
  await expect(async () => {
    const { root } = await client.send('DOM.getDocument')
    const { nodeId } = await client.send('DOM.querySelector', { nodeId: root.nodeId, selector: 'h1' })
    const { fonts } = await client.send('CSS.getPlatformFontsForNode', { nodeId })
    faces = fonts.map(({ familyName }) => familyName)
  }).toPass({ timeout: 10_000 })
  await client.detach()
  return faces
}

test('English text, including apostrophes, uses a Latin font on every kind of page', async ({
  page,
  context,
  product,
}, info) => {
  await context.addCookies([{ name: 'wxbot-locale', value: 'en', url: product.baseURL }])
  await context.setExtraHTTPHeaders({ 'accept-language': 'en' })
  const faces: Record<string, string[]> = {}
  const read = async (path: string) => {
    await page.goto(path)
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    faces[path] = await facesOf(page)
  }
  await read('/dashboard/sign-in')
  await signIn(page, product)
  const [scanPage = '', joinPage = ''] = await preparePages(product, page, `fonts ${markOf(info)}`)
  const { applicationId } = await createTenant(product, `fonts ${markOf(info)}`)
  const others = ['/dashboard', `/dashboard/applications/${applicationId}`, '/no-such-page', '/weiqun/no-such-group']
  for (const path of [scanPage, joinPage, ...others]) await read(path)
  await context.addCookies([{ name: 'wxbot-locale', value: 'zh-CN', url: product.baseURL }])
  await page.goto('/dashboard')
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
  // On a Chinese page the apostrophe of an English name is Latin too; Chinese quotation marks stay Chinese.
  // The browser swaps a font in when it is loaded.
  await expect.poll(() => facesOf(page, '’')).toEqual([expect.not.stringMatching(chineseFace)])
  expect(await facesOf(page, '“店”')).toEqual([expect.stringMatching(chineseFace)])

  for (const [path, found] of Object.entries(faces)) {
    expect([path, found]).toEqual([path, [expect.any(String)]])
    expect([path, found.filter((face) => chineseFace.test(face))]).toEqual([path, []])
  }
})
