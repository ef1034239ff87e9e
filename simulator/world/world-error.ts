const statuses = { BAD_REQUEST: 400, FORBIDDEN: 403, NOT_FOUND: 404, CONFLICT: 409 } as const

/** What the world refuses to do, in words for whoever asked. */
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
