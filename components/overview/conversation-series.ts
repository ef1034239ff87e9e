/** The series of the charts of conversations, in token colours. */
export const conversationFigures = [
  {
    figure: 'handled',
    shape: 'stacked bars',
    unit: 'count',
    series: [
      { key: 'operatorCount', color: 'var(--accent-ink)' },
      { key: 'modelCount', color: 'var(--accent)' },
      { key: 'callbackCount', color: 'var(--warn)' },
      { key: 'ruleCount', color: 'var(--muted)' },
    ],
  },
  {
    figure: 'times',
    shape: 'lines',
    unit: 'duration',
    series: [
      { key: 'typicalResponseMs', color: 'var(--accent-ink)' },
      { key: 'slowResponseMs', color: 'var(--warn)' },
      { key: 'typicalWaitMs', color: 'var(--muted)' },
      { key: 'slowWaitMs', color: 'var(--bad)' },
    ],
  },
] as const

/** All figures of a point, in the order of the table and the export. */
export const conversationColumns = [
  { key: 'operatorCount', unit: 'count' },
  { key: 'modelCount', unit: 'count' },
  { key: 'callbackCount', unit: 'count' },
  { key: 'ruleCount', unit: 'count' },
  { key: 'requestCount', unit: 'count' },
  { key: 'resolvedCount', unit: 'count' },
  { key: 'typicalWaitMs', unit: 'duration' },
  { key: 'slowWaitMs', unit: 'duration' },
  { key: 'typicalResponseMs', unit: 'duration' },
  { key: 'slowResponseMs', unit: 'duration' },
] as const
