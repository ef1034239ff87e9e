import type { Command } from 'commander'
import type { Db, Tx } from '@/lib/db/client'
import { connectDatabase } from '@/lib/db/client'
import { loadEnvPart } from '@/lib/env'
import { requireServers } from '@/lib/queue/probe-servers'
import { type Columns, formatResult, type Result } from '@/cli/print-result'

/** The work of a command, in one transaction; `options` are parsed, and contain the command's argument as `argument`. */
export type Action<Options> = (tx: Tx, options: Options) => Promise<Result>

/** Runs a command that needs several transactions, for example because it waits for a worker. */
export type LongAction<Options> = (db: Db, options: Options) => Promise<Result>

/** The work of a command that needs no database, or opens it itself. */
export type PlainAction<Options> = (options: Options) => Promise<Result>

/** Adds `--json` and an action to a command: runs it in one transaction and prints its result as JSON or for a terminal. */
export function withAction<Options>(command: Command, action: Action<Options>, columns: Columns = {}): Command {
  return withLongAction<Options>(command, (db, options) => db.transaction((tx) => action(tx, options)), columns)
}

/** Like `withAction`, without a transaction. */
export function withLongAction<Options>(command: Command, run: LongAction<Options>, columns: Columns = {}): Command {
  const connectAndRun = async (options: Options) => {
    const { DATABASE_URL } = loadEnvPart('DATABASE_URL')
    await requireServers({ DATABASE_URL, REDIS_URL: undefined })
    const database = connectDatabase(DATABASE_URL, { maxConnections: 2, name: 'wxbot-cli' })
    try {
      return await run(database.db, options)
    } finally {
      await database.close()
    }
  }
  return withPlainAction(command, connectAndRun, columns)
}

/** Like `withAction`, without opening the database. */
export function withPlainAction<Options>(command: Command, run: PlainAction<Options>, columns: Columns = {}): Command {
  return command.option('--json', 'print one JSON object and nothing else').action(async (...given: unknown[]) => {
    // Commander passes the arguments, then the options, then the command.
    const options = { ...(given.at(-2) as object), argument: given.length > 2 ? given[0] : undefined }
    const result = await run(options as Options)
    console.log(formatResult(result, { isJson: Boolean((options as { json?: boolean }).json), columns }))
  })
}

/** Adds calls to the end of a command's help. A comment begins with `# `. */
export function withExamples(command: Command, ...examples: string[]): Command {
  return command.addHelpText('after', () => {
    const help = command.createHelp()
    const lines = examples.map((example) => {
      const call = example.replace(/(?<=# ).*$/, (comment) => help.styleCommandDescription(comment))
      return `  npm run -s cli -- ${call}`
    })
    return `\n${help.styleTitle('Examples:')}\n${lines.join('\n')}`
  })
}
