import { expect, it } from 'vitest'
import { useCli } from '@/cli/testing/use-cli'
import { openChannel } from '@/lib/alert/find-channel'
import { alertChannels } from '@/lib/db/schema/alert'
import { createSealer } from '@/lib/secret'

const cli = useCli()
const sealer = createSealer([{ id: 'k1', key: Buffer.from('0123456789abcdef0123456789ABCDEF') }])
const run = async (command: string, stdin = '') => cli.run([...command.split(' '), '--json'], stdin)

it('D5: creates, changes, lists and removes a channel; its secret comes from standard input and is never printed', async () => {
  const url = 'https://open.feishu.cn/hook/url-secret'
  const created = await run(`alert create --type feishu --name 值班 --url ${url} --secret-stdin`, 'sign-secret\n')
  expect(created).toMatchObject({ code: 0, stderr: '' })
  const { channelId } = created.json() as { channelId: string }
  const open = async () => (await cli.db.select().from(alertChannels)).map((row) => openChannel(row, sealer))
  expect(await open()).toMatchObject([{ applicationId: null, secrets: { url, secret: 'sign-secret' } }])
  const updated = await run(`alert update --channel ${channelId} --kinds disk_full,worker_silent --enabled false`)
  expect(updated).toMatchObject({ code: 0 })
  expect(await open()).toMatchObject([{ kinds: ['disk_full', 'worker_silent'], isEnabled: false, secrets: { url } }])
  const listed = await run('alert channels')
  expect(listed.json()).toMatchObject({ channels: [{ id: channelId, kinds: 'disk_full, worker_silent' }] })
  expect(JSON.stringify([created, updated, listed])).not.toMatch(/sign-secret/)
  expect(await run(`alert remove --channel ${channelId}`)).toMatchObject({ code: 0 })
  expect(await open()).toEqual([])
})

it('D5: refuses an address that the egress rules forbid, and names a missing field', async () => {
  const refused = await run('alert create --type feishu --name x --url http://10.0.0.1/hook')
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('10.0.0.1') })
  const missing = await run('alert create --type email --name x')
  expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('host') })
  const mail = 'alert create --type email --name x --host 127.0.0.1 --from a@shop.test --to nobody'
  expect((await run(mail)).stderr).toMatch(/: to\n$/)
})
