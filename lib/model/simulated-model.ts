/** Where the simulator serves its model, below its origin. */
export const simulatedModelPath = '/model/v1'

/** Returns the simulator's origin, whose model the egress guard admits; undefined: there is no simulator. */
export function simulatorOriginOf(env: { WECHAT: string; WECHAT_ORIGIN?: string | undefined }): string | undefined {
  return env.WECHAT === 'simulator' ? env.WECHAT_ORIGIN : undefined
}
