/** What the two charts of an endpoint show, in the colours of the tokens. */
export const triesFigures = [
  {
    figure: 'counts',
    shape: 'stacked bars',
    unit: 'count',
    series: [
      { key: 'deliveredCount', color: 'var(--accent-ink)' },
      { key: 'failedCount', color: 'var(--bad)' },
    ],
  },
  {
    figure: 'delay',
    shape: 'lines',
    unit: 'duration',
    series: [
      { key: 'typicalDelayMs', color: 'var(--accent-ink)' },
      { key: 'slowDelayMs', color: 'var(--warn)' },
    ],
  },
] as const
