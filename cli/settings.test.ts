import { expect, it } from 'vitest'
import { useCli } from '@/cli/testing/use-cli'
import { readInstallationSettings } from '@/lib/installation/settings'

const cli = useCli()
const run = (command: string, more = {}) => cli.run([...command.split(' '), '--json'], '', more)

it('D5, D6: settings of the installation are shown and changed, with an entry in the audit', async () => {
  const shown = (await run('settings show', { MESSAGE_DAYS: '200' })).json()
  expect(shown).toMatchObject({
    settings: { waitingMinutes: 10, diskPercent: 90, databaseLimitGb: null, messageDays: null },
    environment: { messageDays: 200, mediaDays: 30 },
  })
  const change = '--message-days 90 --database-limit-gb 100 --waiting-minutes 5'
  expect(await run(`settings update ${change}`)).toMatchObject({ code: 0, stderr: '' })
  const changed = { waitingMinutes: 5, diskPercent: 90, databaseLimitGb: 100, messageDays: 90, mediaDays: null }
  expect(await readInstallationSettings(cli.db)).toMatchObject(changed)
  await run('settings update --message-days environment --database-limit-gb none')
  expect((await run('settings show')).json()['settings']).toMatchObject({
    ...changed,
    databaseLimitGb: null,
    messageDays: null,
  })
  const entries =
    await cli.sql`select actor, detail from audit_entries where action = 'installation.update' order by id`
  expect(entries.map(({ actor }) => actor)).toEqual(['cli', 'cli'])
  expect(JSON.stringify(entries[0])).toContain('databaseLimitGb')
})

it.each([
  ['--disk-percent 100', '--disk-percent is not valid: the maximum is 99'],
  ['--message-days 0', '--message-days is not valid: the minimum is 1'],
  ['--waiting-minutes none', '--waiting-minutes must be a number'],
  ['--media-days ten', 'It must be a whole number'],
])('settings update %s is refused by the rules of the dashboard, and names the option', async (options, problem) => {
  const before = await readInstallationSettings(cli.db)
  const refused = await run(`settings update ${options}`)
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining(problem) })
  expect(await readInstallationSettings(cli.db)).toEqual(before)
})
