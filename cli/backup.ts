import { resolve } from 'node:path'
import { Command } from 'commander'
import type { TableSum } from '@/lib/backup/archive-format'
import { checkBackup, type ReadBackup, restoreBackup } from '@/lib/backup/restore-backup'
import { writeBackup } from '@/lib/backup/write-backup'
import { loadEnvPart } from '@/lib/env'
import { requireServers } from '@/lib/queue/probe-servers'
import manifest from '@/package.json'
import { withExamples, withPlainAction } from '@/cli/run-command'

const columns = { tables: ['name', 'rowCount', 'sizeBytes'], keys: ['keyId', 'count'] }

/** `backup FILE`: writes all rows and files of the product to one file while it runs. Spec: D4 (commands). */
export function backupCommand(): Command {
  return withExamples(
    withPlainAction<{ argument: string }>(
      new Command('backup')
        .description('write all data, received files included, to a new file while the product runs')
        .argument('<file>', 'file to write (tar.gz)'),
      async ({ argument }) => {
        const path = resolve(argument)
        const written = await writeBackup({ url: await databaseUrl(), path, release: manifest.version })
        return { file: path, snapshotAt: written.snapshotAt, keys: written.keys, tables: filled(written.tables) }
      },
      columns,
    ),
    'backup /backups/wxbot-2026-01-31.tar.gz',
  )
}

/** `restore FILE [--check]`: fills an empty database from a backup, or checks the backup without a database. Spec: D4 (commands). */
export function restoreCommand(): Command {
  return withExamples(
    withPlainAction<{ argument: string; check?: true }>(
      new Command('restore')
        .description('fill a migrated, empty database from a backup')
        .argument('<file>', 'file that "backup" wrote')
        .option('--check', 'only read the file: compare checksums and keys, write nothing'),
      async ({ argument, check }) => {
        const path = resolve(argument)
        const keyIds = loadEnvPart('ENCRYPTION_KEY').ENCRYPTION_KEY.map(({ id }) => id)
        if (check) return present(path, await checkBackup({ path, keyIds }))
        return present(path, await restoreBackup({ url: await databaseUrl(), path, keyIds }))
      },
      columns,
    ),
    'restore /backups/wxbot-2026-01-31.tar.gz --check',
    'restore /backups/wxbot-2026-01-31.tar.gz     # DATABASE_URL is a new database after "npm run migrate"',
  )
}

async function databaseUrl(): Promise<string> {
  const { DATABASE_URL } = loadEnvPart('DATABASE_URL')
  await requireServers({ DATABASE_URL, REDIS_URL: undefined })
  return DATABASE_URL
}

function present(file: string, { header, manifest: { tables } }: ReadBackup) {
  const { release, snapshotAt, keys } = header
  return { file, release, snapshotAt, keys, tables: filled(tables) }
}

const filled = (tables: readonly TableSum[]) => tables.filter(({ rowCount }) => rowCount > 0)
