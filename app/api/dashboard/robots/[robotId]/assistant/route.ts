import { recordChange } from '@/lib/audit/record-audit'
import { setContactQr } from '@/lib/robot/contact-qr'
import { readChangeable } from '@/lib/robot/read-changeable'
import { setCompanions } from '@/lib/membership/set-companions'
import { updateRobot } from '@/lib/robot/update-robot'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { assistantForm } from '@/lib/dashboard/qun/form'
import { readAssistant } from '@/lib/dashboard/robot/assistant'

export const GET = dashboardRoute({ ids: ['robotId'] }, ({ ctx, ids }) => readAssistant(ctx, ids.robotId))

/** Changes the given assistant settings: role, companions, contact QR code. */
export const PATCH = dashboardRoute(
  { ids: ['robotId'], body: assistantForm },
  ({ ctx, ids: { robotId }, who, body: { isAssistant, acceptsNicknames, companions, picked, codeBase64 } }) =>
    ctx.db.transaction(async (tx) => {
      const before = await readChangeable(tx, robotId)
      await updateRobot(tx, { robotId, isAssistant, acceptsNicknames })
      if (companions) await setCompanions(tx, { robotId, names: companions, picked: picked ?? [] })
      if (codeBase64) await setContactQr(tx, { robotId, bytes: Buffer.from(codeBase64, 'base64') })
      const after = await readChangeable(tx, robotId)
      await recordChange(tx, { ...who, action: 'robot.update', targetId: robotId, before, after })
    }),
)
