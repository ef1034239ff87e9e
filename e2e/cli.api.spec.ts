import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { stripVTControlCharacters } from 'node:util'
import { createTenant, type Envelope } from '@/e2e/create-tenant'
import { expect, test } from '@/e2e/test'

test('the command line logs a robot in with a QR code in the terminal and sends a message', async ({ product }) => {
  const shop = await createTenant(product, 'terminal')
  const { robot } = await shop.cli(
    'robot',
    'create',
    '--application',
    shop.applicationId,
    '--username',
    'terminal_robot',
  )
  const { id } = robot as { id: string }
  const start = (...args: string[]) => {
    const child = spawn(process.execPath, ['scripts/cli.mjs', ...args], {
      cwd: resolve(import.meta.dirname, '..'),
      env: { PATH: process.env['PATH'], DATA_DIR: product.dataDir, NODE_ENV: 'production' },
    })
    const ended = Promise.all([text(child.stdout), once(child, 'exit')])
    let stderr = ''
    child.stderr.on('data', (chunk) => (stderr += chunk))
    return { stderr: () => stderr, ended: ended.then(([stdout, [code]]) => ({ stdout, code: code as number })) }
  }

  const late = start('robot', 'login', '--robot', id, '--deadline', '1s')
  expect(await late.ended).toEqual({ stdout: '', code: 1 })
  expect(late.stderr()).toContain('The login continues')

  const login = start('robot', 'login', '--robot', id, '--json')
  const link = await shop.until(async () => /open (\S+)\.html/.exec(login.stderr())?.[1])
  // Colours stand between the blocks of a row.
  expect(stripVTControlCharacters(login.stderr())).toMatch(/[█▀▄]{10}/)
  const { wxid } = await shop.phone('/accounts', { nickname: 'terminal_robot' })
  await shop.scan({ data: { qrcode_url: link } } as unknown as Envelope, wxid)
  const { stdout, code } = await login.ended
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toEqual({ robotId: id, status: 'online', qrcodeUrl: link })

  const sent = await shop.cli('robot', 'send', '--robot', id, '--to', 'filehelper', '--text', '您的订单已发货')
  expect(sent).toEqual({ messageId: expect.stringMatching(/^msg_/) })
  const again = start('robot', 'login', '--robot', id)
  expect(await again.ended).toEqual({ stdout: '', code: 1 })
})
