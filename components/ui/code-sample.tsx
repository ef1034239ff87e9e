'use client'

import { CopyButton } from './copy-button'

/** Lines to paste into a terminal. */
export function CodeSample({ title, code }: { title: string; code: string }) {
  return (
    <figure className="overflow-hidden rounded-lg border border-subtle">
      <figcaption className="flex items-center justify-between gap-3 border-b border-subtle px-3 py-1.5 text-sm">
        {title}
        <CopyButton text={code} look="quiet" />
      </figcaption>
      {/* Scrolls by keyboard too. */}
      <pre tabIndex={0} aria-label={title} className="overflow-x-auto bg-sunken p-3 font-mono text-sm leading-relaxed">
        {code}
      </pre>
    </figure>
  )
}
