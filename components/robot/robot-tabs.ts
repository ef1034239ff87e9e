import type { RobotView } from '@/lib/dashboard/robot/list'

const robotTabs = ['session', 'rooms', 'contacts', 'messages', 'pacing', 'settings'] as const

/** Returns the pages of a robot, with their path below the robot; without rooms there is no page for them. */
export function tabsOf({ capabilities }: Pick<RobotView, 'capabilities'>) {
  return robotTabs.filter((tab) => tab !== 'rooms' || capabilities.rooms)
}
