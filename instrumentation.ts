/** Opens what route handlers and pages share, before Next takes the first request. */
export async function register(): Promise<void> {
  // Next replaces this word for word in each bundle it makes.
  // oxlint-disable-next-line node/no-process-env
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { bootWebContext } = await import('@/lib/http/boot-web-context')
  await bootWebContext()
}
