/** Which of the latest messages are shown, by state; `failed` may not have arrived. */
export const latestChoices = {
  all: undefined,
  received: ['received'],
  sent: ['sent'],
  failed: ['refused', 'unknown'],
} as const

export type LatestChoice = keyof typeof latestChoices
export const latestChoiceNames = Object.keys(latestChoices) as LatestChoice[]
