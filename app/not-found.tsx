import { NotFoundText } from '@/components/ui/not-found-text'

export default function NotFound() {
  return (
    <main>
      <NotFoundText />
    </main>
  )
}
