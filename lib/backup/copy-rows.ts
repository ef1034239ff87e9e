import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type { Client } from 'pg'
import { type CopyStreamQuery, from as copyFrom } from 'pg-copy-streams'
import type { ArchiveHeader } from '@/lib/backup/archive-format'
import { quoteNames } from '@/lib/backup/run-transaction'

type OpenCopy = { table: string; stream: CopyStreamQuery; done: Promise<void> }

/** Fills tables with `COPY` text, one table after another. `close` ends the last table and fails if Postgres refused a row. */
export function copyRows(client: Client, tables: ArchiveHeader['tables']) {
  const columns = new Map(tables.map((table) => [table.name, table.columns]))
  let open: OpenCopy | null = null

  async function close(): Promise<void> {
    if (!open) return
    const { stream, done } = open
    open = null
    stream.end()
    await done
  }

  function openTable(table: string): OpenCopy {
    const statement = `copy ${quoteNames([table])} (${quoteNames(columns.get(table) ?? [])}) from stdin`
    const stream = client.query(copyFrom(statement))
    const done = finished(stream)
    // A refused row is reported at the next bytes, or at the end of the table.
    done.catch(() => {})
    return { table, stream, done }
  }

  return {
    async write(table: string, bytes: Uint8Array): Promise<void> {
      if (open?.table !== table) {
        await close()
        open = openTable(table)
      }
      const { stream, done } = open
      if (!stream.write(bytes)) await Promise.race([once(stream, 'drain'), done])
    },
    close,
  }
}
