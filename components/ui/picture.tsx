import type { ComponentProps } from 'react'

/** An unoptimized image: ours are small, generated on request and never stored. */
export function Picture(props: ComponentProps<'img'> & { alt: string }) {
  // oxlint-disable-next-line next/no-img-element
  return <img {...props} alt={props.alt} />
}
