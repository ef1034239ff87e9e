import { notFound } from 'next/navigation'

/** Any other address under the dashboard is a 404 inside the frame. */
export default function UnknownPage() {
  notFound()
}
