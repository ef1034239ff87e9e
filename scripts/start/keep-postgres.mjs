import { startEmbeddedPostgres } from '../embedded-postgres.mjs'

/**
 * Starts the embedded Postgres and restarts it on the same port when it ends unexpectedly.
 * @param {{ dataDir: string, password: string, onLost: (error: unknown) => void }} options `onLost`: called when it cannot be restarted
 */
export async function keepPostgres({ dataDir, password, onLost }) {
  let isStopping = false
  /** @type {number | undefined} */
  let port
  const start = async () => {
    const server = await startEmbeddedPostgres({ dataDir, password, ...(port ? { port } : {}) })
    port = server.port
    void server.exited.then(async () => {
      if (isStopping) return
      console.error('postgres ended; starting it again')
      try {
        current = await start()
      } catch (error) {
        onLost(error)
      }
    })
    return server
  }
  let current = await start()
  return {
    url: current.url,
    async stop(/** @type {number} */ timeoutMs) {
      isStopping = true
      await current.stop(timeoutMs)
    },
  }
}
