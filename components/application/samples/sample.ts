/** The steps of the main job, in order. */
export const sampleKeys = ['prepare', 'createRobot', 'login', 'syncRooms', 'listRooms', 'sendMessage'] as const
export type SampleKey = (typeof sampleKeys)[number]

/** Values that are filled into samples. */
export type Values = {
  publicUrl: string
  /** null: no robot yet; the sample uses a variable. */
  robotId: string | null
  agentId: string | null
}

/** Writes each step in one language; later steps use the variables of `prepare`. */
export type WriteSamples = (values: Values) => Record<SampleKey, string>

export const exampleAgentId = '100086'
