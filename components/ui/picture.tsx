import type { ComponentProps } from 'react'

/** An image as it is: ours are small, made on the spot and never stored, so there is nothing to optimize. */
export function Picture(props: ComponentProps<'img'> & { alt: string }) {
  // oxlint-disable-next-line next/no-img-element
  return <img {...props} alt={props.alt} />
}
