import type { Command } from 'commander'
import type { Db, Tx } from '@/lib/db/client'
import { connectDatabase } from '@/lib/db/client'
import { loadEnvPart } from '@/lib/env'
import { requireServers } from '@/lib/queue/probe-servers'
import { type Columns, formatResult, type Result } from '@/cli/print-result'

/** The work of a command, in one transaction; `options` are parsed, and contain the command's argument as `argument`. */
export type Action<Options> = (tx: Tx, options: Options) => Promise<Result>

/** The work of a command that waits for a worker and therefore needs several transactions. */
export type LongAction<Options> = (db: Db, options: Options) => Promise<Result>

/** Adds `--json` and an action to a command: runs it in one transaction and prints its result as JSON or for a terminal. */
export function withAction<Options>(command: Command, action: Action<Options>, columns: Columns = {}): Command {
  return withLongAction<Options>(command, (db, options) => db.transaction((tx) => action(tx, options)), columns)
}

/** Like `withAction`, without a transaction. */
export function withLongAction<Options>(command: Command, run: LongAction<Options>, columns: Columns = {}): Command {
  return command.option('--json', 'print one JSON object and nothing else').action(async (...given: unknown[]) => {
    // Commander passes the arguments, then the options, then the command.
    const options = { ...(given.at(-2) as object), argument: given.length > 2 ? given[0] : undefined }
    const { DATABASE_URL } = loadEnvPart('DATABASE_URL')
    await requireServers({ DATABASE_URL, REDIS_URL: undefined })
    const database = connectDatabase(DATABASE_URL, { maxConnections: 2, name: 'wxbot-cli' })
    try {
      const result = await run(database.db, options as Options)
      console.log(formatResult(result, { isJson: Boolean((options as { json?: boolean }).json), columns }))
    } finally {
      await database.close()
    }
  })
}

export function withExamples(command: Command, ...examples: string[]): Command {
  const lines = examples.map((example) => `  npm run -s cli -- ${example}`)
  return command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`)
}
