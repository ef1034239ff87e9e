/** The lane of an application's endpoint. */
export function applicationLane(applicationId: string): string {
  return `application:${applicationId}`
}

/** The lane of one login's `callback_url`, so that a bad URL delays only itself. */
export function loginLane(sessionId: string): string {
  return `login:${sessionId}`
}

/** The lane of an application's test events, which are attempted at once, also while its endpoint is held or paused. */
export function testLane(applicationId: string): string {
  return `test:${applicationId}`
}

/** The lane of the alerts to operators about an application. */
export function alertLane(applicationId: string): string {
  return `alert:${applicationId}`
}
