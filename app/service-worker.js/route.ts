/**
 * Shows notifications where pages cannot, as in Chrome on Android, and opens the conversation of the one that is pressed: in the open
 * inbox, which routes there itself, otherwise in a new window, because another page may have unsaved input. It caches nothing and sees no requests.
 */
const script = `
self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const path = String(event.notification.data?.path ?? '')
  if (!path.startsWith('/dashboard/')) return
  const open = async () => {
    const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
    const inbox = windows.find(({ url }) => new URL(url).pathname === '/dashboard/inbox')
    if (!inbox) return self.clients.openWindow(path)
    inbox.postMessage({ type: 'open-conversation', path })
    return inbox.focus()
  }
  event.waitUntil(open())
})
`

export function GET(): Response {
  return new Response(script, {
    headers: { 'Content-Type': 'text/javascript; charset=utf-8', 'Cache-Control': 'no-cache' },
  })
}
