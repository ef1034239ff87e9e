import type { RobotView } from '@/lib/robot/robot-view'

/** A robot as the document shows it. */
export function presentRobot({ id, status, username, nickname }: RobotView) {
  return { id, status, username, nickname }
}
