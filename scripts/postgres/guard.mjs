// Stops Postgres when the process that started it ends, even by kill -9: the channel between them closes then.
// Started by embedded-postgres.mjs with the server's process id as its argument.
import { isAlive, stopProcess } from '../bootstrap/processes.mjs'

const pid = Number(process.argv[2])

async function stopPostgres() {
  if (isAlive(pid)) {
    await stopProcess(pid, [
      ['SIGINT', 8000],
      ['SIGQUIT', 2000],
    ])
  }
  process.exit(0)
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => {})

process.once('disconnect', () => void stopPostgres())
// A parent killed within the first milliseconds is gone before this line runs.
if (!process.connected) await stopPostgres()
