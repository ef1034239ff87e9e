/** The lane of an application's endpoint. */
export function applicationLane(applicationId: string): string {
  return `application:${applicationId}`
}

/** The lane of one login's link: a bad link delays nothing but itself. */
export function loginLane(sessionId: string): string {
  return `login:${sessionId}`
}

/** The lane of an application's test events: tried at once, whatever its endpoint's record. */
export function testLane(applicationId: string): string {
  return `test:${applicationId}`
}

/** The lane of what operators are told about an application. */
export function alertLane(applicationId: string): string {
  return `alert:${applicationId}`
}
