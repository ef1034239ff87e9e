import { describe, expect, it } from 'vitest'
import { removeInternalHeaders } from '@/web/forwarding-headers'

describe('removeInternalHeaders', () => {
  const stateHeader = 'next-router-state-tree'

  it('keeps a router state that Next accepts', () => {
    const headers = { [stateHeader]: encodeURIComponent('["",{"children":["dashboard",{}]}]') }
    removeInternalHeaders(headers)
    expect(headers).toHaveProperty(stateHeader)
  })

  it.each(['', '%', '%5B%5D', 'null', '[1,{}]', '["",{"children":1}]'])(
    'removes the router state %j, which Next would reject with 500',
    (state) => {
      const headers = { rsc: '1', [stateHeader]: state }
      removeInternalHeaders(headers)
      expect(headers).toEqual({ rsc: '1' })
    },
  )
})
