import type { Command } from 'commander'
import type { Tx } from '@/lib/db/client'
import { connectDatabase } from '@/lib/db/client'
import { loadEnvPart } from '@/lib/env'

/** What a command did, by name; a list of things is shown as a table. */
type Result = Record<string, unknown>

/** One command's work; `options` as its readers made them. */
export type Act<Options> = (tx: Tx, options: Options) => Promise<Result>

/** Adds `--json` and the act: it runs in one transaction, its result is printed, as one JSON object or for a person. */
export function actOn<Options>(command: Command, act: Act<Options>): Command {
  return command.option('--json', 'print one JSON object and nothing else').action(async (options) => {
    const { DATABASE_URL } = loadEnvPart('DATABASE_URL')
    const database = connectDatabase(DATABASE_URL, { maxConnections: 1, name: 'wxbot-cli' })
    try {
      const result = await database.db.transaction((tx) => act(tx, options as Options))
      print(result, Boolean((options as { json?: boolean }).json))
    } finally {
      await database.close()
    }
  })
}

function print(result: Result, isJson: boolean): void {
  if (isJson) return console.log(JSON.stringify(result))
  for (const [name, value] of Object.entries(result)) {
    if (Array.isArray(value)) console.table(value)
    else console.log(`${name}: ${value instanceof Date ? value.toISOString() : String(value)}`)
  }
}
