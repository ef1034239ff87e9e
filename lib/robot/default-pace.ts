import { robots } from '../db/schema/robot'

/** How fast a new robot may send, until somebody says otherwise. */
export const defaultPace = {
  ratePerMinute: Number(robots.sendRatePerMinute.default),
  jitterPercent: Number(robots.sendJitterPercent.default),
}
