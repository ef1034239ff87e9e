/** An endpoint of an application; `endpointId` null: the default one, `applications.callback_url`. */
export type EndpointRef = { applicationId: string; endpointId: string | null }

/** The id under which the health of an endpoint is kept and shown: its own, or that of the application for the default one. */
export function healthIdOf({ applicationId, endpointId }: EndpointRef): string {
  return endpointId ?? applicationId
}

/** The lane of an endpoint, so that a slow or dead one delays no other. */
export function endpointLane({ applicationId, endpointId }: EndpointRef): string {
  return endpointId ? `endpoint:${endpointId}` : applicationLane(applicationId)
}

/** The lane of an application's default endpoint. */
export function applicationLane(applicationId: string): string {
  return `application:${applicationId}`
}

/** The lane of one login's `callback_url`, so that a bad URL delays only itself. */
export function loginLane(sessionId: string): string {
  return `login:${sessionId}`
}

/** The lane of an endpoint's test events, which are attempted at once, also while the endpoint is held or paused. */
export function testLane(healthId: string): string {
  return `test:${healthId}`
}

/** The lane of the alerts to operators about an application. */
export function alertLane(applicationId: string): string {
  return `alert:${applicationId}`
}
