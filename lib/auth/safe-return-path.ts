/** Takes the path an operator wanted before signing in; anything that is not a page of the dashboard becomes its front page. */
export function safeReturnPath(wanted: string | undefined): string {
  if (!wanted || !URL.canParse(wanted, 'http://wxbot.invalid')) return '/dashboard'
  const url = new URL(wanted, 'http://wxbot.invalid')
  const isOurs = url.origin === 'http://wxbot.invalid' && /^\/dashboard(\/|$)/.test(url.pathname)
  return isOurs ? url.pathname + url.search : '/dashboard'
}
