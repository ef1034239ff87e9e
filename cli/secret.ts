import { Command } from 'commander'
import { countSecretsByKey, resealSecrets } from '@/lib/sealed/reseal-secrets'
import { loadEnvPart } from '@/lib/env'
import { createSealer } from '@/lib/secret'
import { withAction, withExamples, withLongAction } from '@/cli/run-command'

/** `secret keys` and `secret reseal`: replace the key that encrypts secrets in the database. Spec: D4 (commands). */
export function secretCommand(): Command {
  const keys = () => loadEnvPart('ENCRYPTION_KEY').ENCRYPTION_KEY
  return new Command('secret')
    .description('replace the key that encrypts secrets in the database')
    .addCommand(
      withAction(
        new Command('keys').description('count the secrets by the key of ENCRYPTION_KEY that sealed them'),
        async (tx) => {
          const known = keys().map(({ id }) => id)
          const counts = await countSecretsByKey(tx)
          const unused = known.filter((id) => !counts.some(({ keyId }) => keyId === id))
          const rows = [...counts, ...unused.map((keyId) => ({ keyId, count: 0 }))]
          return {
            keys: rows.map((row) => ({
              ...row,
              use: row.keyId === known[0] ? 'encrypts' : known.includes(row.keyId) ? 'decrypts' : 'missing',
            })),
          }
        },
        { keys: ['keyId', 'use', 'count'] },
      ),
    )
    .addCommand(
      withExamples(
        withLongAction(
          new Command('reseal').description('seal all secrets with the first key of ENCRYPTION_KEY'),
          async (db) => {
            const sealer = createSealer(keys())
            const result = await resealSecrets(db, { sealer, currentKeyId: keys()[0]?.id ?? '' })
            if (result.unreadableCount > 0) process.exitCode = 1
            return result
          },
        ),
        'secret reseal     # after ENCRYPTION_KEY=k2:…,k1:… was set and every process was restarted',
      ),
    )
}
