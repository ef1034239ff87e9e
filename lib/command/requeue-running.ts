import { and, eq, inArray } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { commands } from '../db/schema/command'

/** Puts back what an owner that is gone had taken up: commands may be carried out twice. */
export async function requeueRunning(tx: Tx, { robotId }: { robotId: string }): Promise<void> {
  await tx
    .update(commands)
    .set({ state: 'queued' })
    .where(and(eq(commands.robotId, robotId), inArray(commands.state, ['running'])))
}
