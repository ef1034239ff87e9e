'use client'

import { CopyButton } from '@/components/ui/copy-button'

/** A secret that is shown once: monospace, easy to select, with a copy button. */
export function SecretValue({ label, value, hint }: { label: string; value: string; hint?: string }) {
  return (
    <div className="rounded-lg border border-subtle bg-sunken p-4">
      <div className="text-sm font-medium">{label}</div>
      <code className="mt-2 block font-mono text-sm break-all select-all" data-testid="secret">
        {value}
      </code>
      {hint && <p className="mt-2 text-sm text-muted">{hint}</p>}
      <div className="mt-3">
        <CopyButton text={value} />
      </div>
    </div>
  )
}
