/** The main job, step by step. */
export const sampleKeys = ['prepare', 'createRobot', 'login', 'syncRooms', 'listRooms', 'sendMessage'] as const
export type SampleKey = (typeof sampleKeys)[number]

/** What samples are filled in with. */
export type Values = {
  publicUrl: string
  /** null = there is none yet: it is left to a variable. */
  robotId: string | null
  agentId: string | null
}

/** Writes each step in one language; those after `prepare` stand on it. */
export type WriteSamples = (values: Values) => Record<SampleKey, string>

export const exampleAgentId = '100086'
