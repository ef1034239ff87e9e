/** The lane of an application's endpoint. */
export function applicationLane(applicationId: string): string {
  return `application:${applicationId}`
}

/** The lane of one login's link: a bad link delays nothing but itself. */
export function loginLane(sessionId: string): string {
  return `login:${sessionId}`
}
