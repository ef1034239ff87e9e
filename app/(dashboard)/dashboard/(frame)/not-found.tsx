import { NotFoundText } from '@/components/ui/not-found-text'

export default function FrameNotFound() {
  return <NotFoundText />
}
