// The health check of a container: succeeds if the program of this container responds on /healthz. A container runs web or
// worker, so one of the two ports responds.
const ports = [process.env['PORT'] || '3000', process.env['WORKER_PORT'] || '3001']
const checks = ports.map(async (port) => {
  const response = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(2500) })
  if (!response.ok) throw new Error(`port ${port} responds with ${response.status}`)
})
await Promise.any(checks).catch(() => {
  console.error(`nothing responds with 200 on /healthz of ports ${ports.join(' and ')}`)
  process.exitCode = 1
})
