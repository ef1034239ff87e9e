const statuses = { BAD_REQUEST: 400, FORBIDDEN: 403, NOT_FOUND: 404, CONFLICT: 409 } as const

/** An operation that the world rejects; the message is for the client. */
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
