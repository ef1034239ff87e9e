import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { useCli } from '@/cli/testing/use-cli'
import { createTestDatabase } from '@/lib/testing/test-database'

const cli = useCli()

describe('backup and restore', () => {
  it('D4: move an installation to an empty database, and refuse to run a second time', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'wxbot-cli-')), 'wxbot.tar.gz')
    const created = await cli.run(
      'application create --name 店铺 --callback-url http://127.0.0.1:9000/cb --json'.split(' '),
    )
    const backup = await cli.run(['backup', file, '--json'])
    expect(backup).toMatchObject({ code: 0, stderr: '' })
    expect(backup.json()).toMatchObject({ file, keys: [{ keyId: 'k1', count: 2 }], snapshotAt: expect.any(String) })
    expect(await cli.run(['backup', file])).toMatchObject({ code: 1, stderr: expect.stringContaining('exists') })

    const checked = await cli.run(['restore', file, '--check', '--json'], '', { DATABASE_URL: '' })
    expect(checked).toMatchObject({ code: 0, stderr: '' })
    expect(checked.json()).toMatchObject({ file, release: expect.any(String), tables: backup.json()['tables'] })

    const target = await createTestDatabase()
    try {
      const restore = () => cli.run(['restore', file, '--json'], '', { DATABASE_URL: target.url })
      expect(await restore()).toMatchObject({ code: 0, stderr: '' })
      const [application] = await target.sql`select id, name from applications`
      expect(application).toEqual({ id: created.json()['applicationId'], name: '店铺' })
      expect(await restore()).toMatchObject({ code: 1, stderr: expect.stringContaining('is not empty') })
    } finally {
      await target.drop()
    }
  })
})
