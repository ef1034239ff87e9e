/** Returns the path to open after a sign-in: `path` if it is a dashboard page, otherwise the dashboard's front page. */
export function safeReturnPath(path: string | undefined): string {
  if (!path || !URL.canParse(path, 'http://wxbot.invalid')) return '/dashboard'
  const url = new URL(path, 'http://wxbot.invalid')
  const isOurs = url.origin === 'http://wxbot.invalid' && /^\/dashboard(\/|$)/.test(url.pathname)
  return isOurs ? url.pathname + url.search : '/dashboard'
}
