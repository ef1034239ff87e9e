'use client'

import { CodeBlock } from '@/components/ui/code-block'
import { CopyButton } from '@/components/ui/copy-button'

/** Commands to paste into a terminal. */
export function CodeSample({ title, code }: { title: string; code: string }) {
  return (
    <figure className="overflow-hidden rounded-lg border border-subtle">
      <figcaption className="flex items-center justify-between gap-3 border-b border-subtle px-3 py-1.5 text-sm">
        {title}
        <CopyButton text={code} variant="quiet" />
      </figcaption>
      <CodeBlock label={title} code={code} className="leading-relaxed" />
    </figure>
  )
}
