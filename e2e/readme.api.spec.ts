import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { createTenant } from '@/e2e/create-tenant'
import { startProduct } from '@/e2e/start-product'
import { expect, test } from '@/e2e/test'

const rootDir = resolve(import.meta.dirname, '..')
const account = 'wxid_weimi000001'

/** Returns the shell blocks of a README that a newcomer pastes, without their comments. */
function readTour(file: string): string {
  const blocks = [...readFileSync(resolve(rootDir, file), 'utf8').matchAll(/^```sh\n(.*?)^```/gms)].map(
    ([, block = '']) => block,
  )
  const isPasted = (block: string) => /^(json\(\)|npm run -s cli -- robot update)/.test(block)
  return blocks
    .filter(isPasted)
    .join('\n')
    .replace(/^#.*\n/gm, '')
}

test('the commands of the README send a message and make a merchant group as they are printed', async () => {
  const tour = readTour('README.md')
  expect(tour).toContain('/wxbot/qun')
  expect(readTour('README.zh-CN.md')).toBe(tour)
  const product = await startProduct()
  try {
    const { phone, until } = await createTenant(product, 'phone')
    const script = tour.replaceAll('http://127.0.0.1:3000', product.baseURL)
    expect(script).toContain(product.baseURL)
    const env = { ...process.env, DATA_DIR: product.dataDir }
    const pasted = promisify(execFile)('bash', ['-e', '-c', script], { cwd: rootDir, env, timeout: 120_000 })
    const scan = async () => {
      const code = await until(async () => (await phone('/state')).codes.at(-1), 60_000)
      await phone(`/codes/${encodeURIComponent(code.uuid)}/scan`, { wxid: account })
      await phone(`/codes/${encodeURIComponent(code.uuid)}/confirm`, {})
    }
    const [{ stdout }] = await Promise.all([pasted, scan()])
    expect(stdout).toMatch(/"message_id":"msg_\w+"/)
    expect(stdout).toMatch(/"qun_create_response":\{"url":"[^"]+","owner_url":"[^"]+","status":"open"\}/)
    const url = /"url":"([^"]+)"/.exec(stdout)?.[1] ?? ''
    expect(await (await fetch(url)).text()).toContain('赵磊')
  } finally {
    await product.stop()
  }
})
