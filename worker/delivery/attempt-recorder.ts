import { setTimeout } from 'node:timers/promises'
import { type AttemptRecord, recordAttempt, recordAttempts } from '@/lib/callback/delivery/record-attempt'
import type { Db } from '@/lib/db/client'
import { newId } from '@/lib/id'

/** Maximum attempts in one statement. */
const maxBatch = 100
/** Wait for further attempts that end now. */
const collectMs = 1

type Recorded = { robotId: string | null }
type Waiting = { record: AttemptRecord; resolve: (recorded: Recorded) => void; reject: (error: unknown) => void }

/**
 * Records the attempts of all lanes of this process, as many at once as end while the previous ones are being recorded: one commit
 * for all of them.
 */
export class AttemptRecorder {
  #waiting: Waiting[] = []
  #isRecording = false

  constructor(private readonly db: Db) {}

  /** Resolves like `recordAttempt` when the attempt is committed. @throws what the database throws; its event is then due again when its claim ends. */
  record(attempted: AttemptRecord): Promise<Recorded> {
    const record = { ...attempted, attemptId: newId('callbackAttempt') }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ record, resolve, reject })
      if (!this.#isRecording) void this.#recordAll()
    })
  }

  async #recordAll(): Promise<void> {
    this.#isRecording = true
    while (this.#waiting.length > 0) {
      // Responses that arrive together are recorded together.
      await setTimeout(collectMs)
      await this.#recordSome(this.#takeBatch())
    }
    this.#isRecording = false
  }

  /** Takes no two attempts of one event: their numbers follow each other. */
  #takeBatch(): Waiting[] {
    const ids = new Set<string>()
    const batch: Waiting[] = []
    const rest: Waiting[] = []
    for (const waiting of this.#waiting) {
      const { id } = waiting.record.event
      if (batch.length === maxBatch || ids.has(id)) rest.push(waiting)
      else batch.push(waiting)
      ids.add(id)
    }
    this.#waiting = rest
    return batch
  }

  async #recordSome(batch: Waiting[]): Promise<void> {
    try {
      const records = batch.map(({ record }) => record)
      const robotIds = await recordAttempts(this.db, records)
      for (const { record, resolve } of batch) resolve({ robotId: robotIds.get(record.event.id) ?? null })
    } catch {
      // One attempt that cannot be recorded must not cost the others theirs.
      await Promise.all(
        batch.map(({ record, resolve, reject }) => recordAttempt(this.db, record).then(resolve, reject)),
      )
    }
  }
}
