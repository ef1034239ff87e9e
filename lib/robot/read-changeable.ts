import { eq, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { contactQrs } from '@/lib/db/schema/contact'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { listCompanions } from '@/lib/robot/companions'

/** Reads what an operator can change of a robot, for the audit to compare before and after; the contact QR as a digest. */
export async function readChangeable(db: Db, robotId: string) {
  const robot = await getAnyRobotOrThrow(db, { robotId })
  const {
    agentId,
    sendRatePerMinute,
    sendJitterPercent,
    isAssistant,
    acceptsNicknames,
    welcomeText,
    handsOverInService,
    servicerId,
  } = robot
  const companions = (await listCompanions(db, { robotId })).map(({ name }) => name)
  const digest = sql<string>`left(encode(sha256(${contactQrs.bytes}), 'hex'), 12)`
  const [contactQr] = await db.select({ digest }).from(contactQrs).where(eq(contactQrs.robotId, robotId))
  const pace = { sendRatePerMinute, sendJitterPercent }
  const reception = { welcomeText, handsOverInService, servicerId }
  const contactCode = contactQr?.digest ?? null
  return { agentId, ...pace, isAssistant, acceptsNicknames, ...reception, companions, contactCode }
}
