import type { Page } from '@playwright/test'
import { createTenant } from '@/e2e/create-tenant'
import { listenForTrouble, signIn } from '@/e2e/sign-in'
import { expect, markOf, test } from '@/e2e/test'

/** Hostile nicknames, room names and message texts. */
const corpus = [
  '<img src=x onerror="window.hostile=1">',
  '"><script>window.hostile=1</script>',
  "'--></title></style></textarea><svg/onload=window.hostile=1>",
  '<a href="javascript:window.hostile=1">javascript:window.hostile=1</a>',
  '{{constructor.constructor("window.hostile=1")()}} ${window.hostile=1}',
  '&lt;b&gt; &amp;#60; %3Cscript%3E \\u003cscript\\u003e',
  '__proto__ constructor toString null undefined NaN',
  'abc\u202Egpj.exe\u2066 \u200B\u200D\uFEFF e\u0301\u0302\u0303\u0304\u0305',
  '👩‍👩‍👧‍👦🏳️‍🌈🇨🇳 微信',
  'W'.repeat(120),
]

async function expectNothingRan(page: Page): Promise<void> {
  expect(await page.evaluate(() => 'hostile' in window)).toBe(false)
  const foreign = 'main img[src="x"], main script, main svg[onload], main [onerror], main [href^="javascript"]'
  expect(await page.locator(foreign).count()).toBe(0)
  expect(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(false)
}

test('hostile names and messages are rendered as plain text on every page', async ({ page, product }, info) => {
  const mark = markOf(info)
  const shop = await createTenant(product, `${corpus[0]} ${mark}`)
  const robot = await shop.openRobot(`${corpus[1]} ${mark}`)
  const speaker = await shop.phone('/accounts', { nickname: `${corpus[2]} ${mark}` })
  const members = [robot.wxid, speaker.wxid, 'wxid_liwei0000102']
  for (const name of corpus) {
    const room = await shop.phone('/rooms', { name: `${name} ${mark}`, owner: robot.wxid, members, saved: true })
    await shop.phone(`/rooms/${encodeURIComponent(room.id)}/messages`, {
      from: speaker.wxid,
      type: 'text',
      text: `${name} ${mark}`,
    })
  }
  for (const text of corpus) expect((await shop.send(robot, `${text} ${mark}`)).retCode).toBe(0)

  page.on('dialog', () => expect('a dialog').toBe('none'))
  const trouble = listenForTrouble(page)
  await signIn(page, product)
  await expectNothingRan(page)
  await page.goto(`/dashboard/robots/${robot.id}/messages`)
  for (const text of corpus) await expect(page.getByText(`${text} ${mark}`).first()).toBeAttached()
  await expectNothingRan(page)
  await page.goto(`/dashboard/robots/${robot.id}/rooms`)
  for (const name of corpus.slice(0, 5)) await expect(page.getByText(`${name} ${mark}`).first()).toBeAttached()
  await expectNothingRan(page)
  for (const path of ['applications', 'robots', 'callbacks', 'settings/audit']) {
    await page.goto(`/dashboard/${path}`)
    await expect(page.locator('h1').first()).toBeVisible()
    await expectNothingRan(page)
  }
  expect(trouble).toEqual([])
})

test("a page's policy blocks injected scripts and styles, with a new nonce for each response", async ({
  page,
  product,
}) => {
  await signIn(page, product)
  const nonceOf = async () => {
    const policy = (await (await page.goto('/dashboard'))?.headerValue('content-security-policy')) ?? ''
    expect(policy).toContain("'strict-dynamic'")
    expect(policy.match(/script-src[^;]*/)?.[0]).not.toMatch(/unsafe|http/)
    expect(policy.match(/style-src-elem[^;]*/)?.[0]).not.toMatch(/unsafe|http/)
    return /'nonce-([^']+)'/.exec(policy)?.[1]
  }
  expect(await nonceOf()).not.toBe(await nonceOf())
  const refused = await page.evaluate(
    () =>
      new Promise((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective))
        document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="window.hostile = 1">')
      }),
  )
  expect(refused).toBe('script-src-attr')
  const isStyled = await page.evaluate(() => {
    document.body.insertAdjacentHTML('beforeend', '<style>body { outline: 7px solid red }</style>')
    return getComputedStyle(document.body).outlineWidth === '7px'
  })
  expect(isStyled).toBe(false)
  for (const path of ['/no-such-page', '/weiqun/none', '/docs']) {
    const policy = (await page.request.get(path)).headers()['content-security-policy'] ?? ''
    expect([path, /script-src[^;]*/.exec(policy)?.[0]]).toEqual([path, expect.not.stringMatching(/unsafe|http/)])
    expect([path, policy]).toEqual([path, expect.stringMatching(/default-src '(self|none)'/)])
  }
  expect(await page.evaluate(() => 'hostile' in window)).toBe(false)
})
