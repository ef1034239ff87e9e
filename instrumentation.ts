/** Opens what route handlers and pages share, before Next takes the first request. */
export async function register(): Promise<void> {
  // Next replaces this word for word in each bundle it makes.
  // oxlint-disable-next-line node/no-process-env
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const [{ loadEnv }, { openWebContext }] = await Promise.all([import('@/lib/env'), import('@/lib/http/web-context')])
  await openWebContext(loadEnv())
}
