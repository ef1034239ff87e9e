import postgres from 'postgres'
import { envOfDataDir } from '@/scripts/bootstrap/env-of-data-dir.mjs'
import { signIn } from '@/e2e/sign-in'
import { startProduct, type Product } from '@/e2e/start-product'
import { expect, test } from '@/e2e/test'

const count = 10_000

async function insertRobots({ dataDir }: Product): Promise<void> {
  const sql = postgres(envOfDataDir({ DATA_DIR: dataDir })['DATABASE_URL'] ?? '', { max: 1 })
  await sql`insert into applications (id, name, signing_secret_sealed, callback_token_sealed)
    select 'app_many' || n, '店 ' || n, 'x', 'x' from generate_series(0, 39) as n`
  await sql`insert into robots (id, application_id, username, nickname, created_at)
    select 'rbt_many' || n, 'app_many' || n % 40, 'wx_many_' || n, '小微' || n, now() - n * interval '1 minute'
      from generate_series(1, ${count}::int) as n`
  await sql`analyze robots`
  await sql.end()
}

// A separate product: ten thousand robots would disturb other tests.
const ownProduct = test.extend<{ product: Product }>({
  // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the fixtures wanted from this pattern
  product: async ({}, provide) => {
    const product = await startProduct()
    await provide(product)
    await product.stop()
  },
})

ownProduct(
  'ten thousand robots can be paged, filtered, sorted and found with a maximum of fifty rows per page',
  async ({ page, product }) => {
    await insertRobots(product)
    await signIn(page, product)
    const rows = page.locator('tbody tr')
    async function expectFirst(act: () => Promise<unknown>, first: string): Promise<void> {
      await act()
      await expect(rows.first()).toContainText(first)
      expect(await rows.count()).toBeLessThanOrEqual(50)
    }
    await expectFirst(() => page.goto('/dashboard/robots'), 'wx_many_1')
    await expect(rows).toHaveCount(50)
    await expect(page.getByText(`第 1–50 条，共 ${count.toLocaleString('zh-CN')} 条`)).toBeVisible()
    await expectFirst(() => page.getByRole('button', { name: '下一页' }).click(), 'wx_many_51')
    await expectFirst(() => page.goto('/dashboard/robots?page=200'), 'wx_many_9951')
    await expectFirst(() => page.goto('/dashboard/robots?state=offline&application=app_many7'), 'wx_many_7')
    await page.goto('/dashboard/robots')
    await expectFirst(
      () => page.getByRole('columnheader', { name: '创建时间' }).getByRole('button').click(),
      'wx_many_10000',
    )
    await expectFirst(() => page.getByRole('searchbox').fill('many_777'), 'wx_many_777')
    await expect(rows).toHaveCount(11)
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: '命令菜单' }).fill('many_4242')
    await expect(page.getByRole('option', { name: /小微4242/ })).toBeVisible()
  },
)
