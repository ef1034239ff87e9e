/** Returns the display name of a robot: its nickname, otherwise the WeChat ID it was created with. */
export function robotName(robot: { nickname: string; username: string }): string {
  return robot.nickname || robot.username
}
