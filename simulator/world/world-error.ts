const statuses = { BAD_REQUEST: 400, FORBIDDEN: 403, NOT_FOUND: 404, CONFLICT: 409 } as const

/** The error of an operation that the simulated world rejects; the client receives the message. */
export class WorldError extends Error {
  constructor(
    readonly code: keyof typeof statuses,
    message: string,
  ) {
    super(message)
  }

  get status() {
    return statuses[this.code]
  }
}
