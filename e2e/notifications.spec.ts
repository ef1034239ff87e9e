import { createTenant } from '@/e2e/create-tenant'
import { fullBrowser } from '@/e2e/launch-options'
import { signIn } from '@/e2e/sign-in'
import { expect, markOf, test } from '@/e2e/test'

// The headless shell shows no notifications.
test.use({ launchOptions: fullBrowser })

const person = 'wxid_chenjing0105'

test('a conversation that begins to wait is notified by the service worker, and pressing it opens the conversation', async ({
  page,
  context,
  product,
}, info) => {
  const mark = markOf(info)
  const shop = await createTenant(product, `通知 ${mark}`)
  const robot = await shop.openRobot(`alert_${mark}`)
  await shop.phone(`/accounts/${robot.wxid}/friends`, { friend: person })
  const write = (text: string) => shop.phone(`/chats/${robot.wxid}/messages`, { from: person, type: 'text', text })
  await write(`在吗 ${mark}`)
  await context.grantPermissions(['notifications'], { origin: product.baseURL })
  // As in Chrome on Android, where pages cannot show notifications.
  await page.addInitScript(() => {
    class PageNotification {
      static permission = 'granted'
      static requestPermission = () => Promise.resolve('granted')
      constructor() {
        throw new TypeError('Illegal constructor. Use ServiceWorkerRegistration.showNotification() instead.')
      }
    }
    Object.assign(window, { Notification: PageNotification })
  })
  await signIn(page, product)
  await page.goto(`/dashboard/inbox?robot=${robot.id}`)
  await page.getByRole('link').filter({ hasText: mark }).waitFor()
  const loaded = page.waitForResponse((response) => response.url().endsWith('/conversations?view=waiting'))
  await page.getByRole('button', { name: '等待人工时通知我' }).click()
  await loaded

  const listed = await shop.call('GET', '/v1/conversations')
  const conversationId = (listed.data?.['conversations'] as { id: string }[] | undefined)?.[0]?.id ?? ''
  // Assigned and put back, it waits for a person.
  for (const operator of [product.adminEmail, null])
    expect(await shop.call('POST', `/v1/conversations/${conversationId}/assign`, { operator })).toMatchObject({
      retCode: 0,
    })
  const notifications = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration('/dashboard/')
      return (await registration?.getNotifications())?.map(({ body, tag, data }) => ({ body, tag, data })) ?? []
    })
  const path = `/dashboard/inbox?view=waiting&c=${conversationId}`
  const shown = { body: `alert_${mark}`, tag: conversationId, data: { path } }
  await expect.poll(notifications, { timeout: 20_000 }).toContainEqual(shown)

  const worker = context.serviceWorkers().find((each) => each.url().endsWith('/service-worker.js'))
  // Only the browser may extend an event; the event itself is as when a person presses the notification.
  await worker!.evaluate(`(async () => {
    const [notification] = await registration.getNotifications({ tag: ${JSON.stringify(conversationId)} })
    const press = new NotificationEvent('notificationclick', { notification })
    press.waitUntil = (opened) => opened.catch(() => {})
    dispatchEvent(press)
  })()`)
  await expect(page).toHaveURL(new RegExp(`c=${conversationId}`))
})
