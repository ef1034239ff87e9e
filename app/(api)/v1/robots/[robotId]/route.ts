import { apiRoute, operation } from '@/lib/http/api-route'
import { showRobotDetail } from '@/lib/http/contract/robot-contracts'
import { presentRobotWithQr } from '@/lib/http/present-robot'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(showRobotDetail, async ({ requireRobot }) => ({ robot: await presentRobotWithQr(requireRobot()) })),
])
