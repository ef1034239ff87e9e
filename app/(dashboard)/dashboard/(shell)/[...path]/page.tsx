import { notFound } from 'next/navigation'

/** Shows the 404 page inside the shell for every other path. */
export default function UnknownPage() {
  notFound()
}
