import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { eventCatalog } from '@/lib/callback/event/catalog'
import { dataFields } from '@/lib/callback/event/data-fields'
import { sentEventTypes } from '@/lib/db/types'

/** The events that an application's callback URL receives, which the table of the docs lists. */
const listedTypes = sentEventTypes.filter((type) => type !== 'login' && type !== 'endpoint_paused')

async function readDocs(file: string) {
  const text = await readFile(`docs/${file}`, 'utf8')
  const [, table = ''] = /\n\| action .*\n\| -.*\n((?:\|.*\n)+)/.exec(text) ?? []
  const rows = table.trimEnd().split('\n')
  return {
    text,
    rows: rows.map((row) =>
      row
        .split('|')
        .map((cell) => cell.trim())
        .slice(1, -1),
    ),
  }
}
const namesIn = (cell = '') => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name)

describe.each(['callbacks.md', 'callbacks.zh-CN.md'])('docs/%s', (file) => {
  it('lists every event of the catalog, in its order', async () => {
    const { rows } = await readDocs(file)
    expect(rows.map(([action]) => action)).toEqual(listedTypes.map((type) => `\`${type}\``))
  })

  it('names the fields of each event in the order of its bytes', async () => {
    const { rows } = await readDocs(file)
    const documented = rows.map(([action, , fields]) => [namesIn(action)[0], ['robot_id', ...namesIn(fields)]])
    // The table leaves out `robot_id`, which each event has.
    const expected = listedTypes.map((type) => {
      const fields = dataFields[type] ?? []
      expect(fields).toContain('robot_id')
      return [type, ['robot_id', ...fields.filter((name) => name !== 'robot_id')]]
    })
    expect(documented).toEqual(expected)
  })

  it('names the fields of the login callback and of the alert to operators', async () => {
    const { text } = await readDocs(file)
    for (const name of [...(dataFields['login'] ?? []), ...(dataFields['endpoint_paused'] ?? [])])
      expect(text).toMatch(new RegExp(`[\`"]${name}[\`"=]`))
  })
})

it('the Chinese table begins each description with the title in the catalog', async () => {
  const { rows } = await readDocs('callbacks.zh-CN.md')
  expect(rows.map(([, when = '']) => when.split('：')[0])).toEqual(
    listedTypes.map((type) => eventCatalog[type].summary),
  )
})
