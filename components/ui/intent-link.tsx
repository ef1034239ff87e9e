'use client'

import Link from 'next/link'
import { type ComponentProps, useState } from 'react'

/** A link in a list: it prefetches its page when it is pointed at, touched or focused, because a list would prefetch all its pages. */
export function IntentLink(props: Omit<ComponentProps<typeof Link>, 'prefetch'>) {
  const [isIntended, setIsIntended] = useState(false)
  const intend = () => setIsIntended(true)
  return (
    <Link
      {...props}
      prefetch={isIntended ? null : false}
      onPointerEnter={intend}
      onTouchStart={intend}
      onFocus={intend}
    />
  )
}
