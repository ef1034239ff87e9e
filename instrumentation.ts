/** Opens the shared web context before Next handles the first request. */
export async function register(): Promise<void> {
  // Next replaces this exact expression in each bundle.
  // oxlint-disable-next-line node/no-process-env
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { bootWebContext } = await import('@/lib/http/web-context')
  await bootWebContext()
}
