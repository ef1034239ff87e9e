import { persistChoice, readPersistedChoice } from '@/components/ui/use-persisted-choice'
import { alertChoices, alertsChoice } from '@/components/inbox/alerts-choice'

/** Scope of the service worker; also where its script allows it to open pages. */
const scope = '/dashboard/'

export type Alert = { title: string; body: string; tag: string; path: string }

/**
 * Shows a notification of the browser that opens `path`, through the service worker where there is one: Chrome on Android has no other.
 * Turns notifications off where the browser has none. Does nothing without the permission.
 */
export async function showAlert(alert: Alert, open: (path: string) => void): Promise<void> {
  if (readPersistedChoice(alertsChoice, alertChoices) === 'off' || Notification.permission !== 'granted') return
  if (await showByWorker(alert)) return
  try {
    const shown = new Notification(alert.title, { body: alert.body, tag: alert.tag })
    shown.addEventListener('click', () => {
      window.focus()
      shown.close()
      open(alert.path)
    })
  } catch {
    persistChoice(alertsChoice, 'off')
  }
}

/** Returns whether the service worker showed the notification; false: the browser has none, or refuses ours. */
async function showByWorker({ title, body, tag, path }: Alert): Promise<boolean> {
  if (!('serviceWorker' in navigator)) return false
  try {
    await navigator.serviceWorker.register('/service-worker.js', { scope })
    const registration = await navigator.serviceWorker.ready
    await registration.showNotification(title, { body, tag, data: { path } })
    return true
  } catch {
    return false
  }
}

/** Calls `open` with the path of each pressed notification that the service worker passes on; returns the end of that. */
export function listenForPresses(open: (path: string) => void): () => void {
  if (!('serviceWorker' in navigator)) return () => {}
  const onMessage = ({ data }: MessageEvent<{ type?: unknown; path?: unknown } | null>) => {
    if (data?.type === 'open-conversation' && typeof data.path === 'string' && data.path.startsWith(scope))
      open(data.path)
  }
  navigator.serviceWorker.addEventListener('message', onMessage)
  // Messages wait until the page has loaded, unless it asks for them.
  navigator.serviceWorker.startMessages()
  return () => navigator.serviceWorker.removeEventListener('message', onMessage)
}
