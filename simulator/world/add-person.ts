import { randomHex } from './random'
import type { Person, World } from './world'
import { touchWorld } from './world'
import { WorldError } from './world-error'

/** Brings a new person into the world. @throws CONFLICT when the wxid is taken. */
export function addPerson(world: World, draft: Partial<Person> & { nickname: string }): Person {
  const wxid = draft.wxid ?? `wxid_${randomHex(7)}`
  if (!/^[A-Za-z][A-Za-z0-9_-]{2,39}$/.test(wxid) || wxid in Object.prototype)
    throw new WorldError('BAD_REQUEST', `${wxid} is no wxid`)
  if (Object.hasOwn(world.data.people, wxid)) throw new WorldError('CONFLICT', `the wxid ${wxid} is taken`)
  const person: Person = {
    alias: '',
    canLogIn: false,
    webLogin: 'allowed',
    sex: 0,
    province: '',
    city: '',
    signature: '',
    ...draft,
    wxid,
    uin: world.data.nextUin++,
  }
  world.data.people[wxid] = person
  world.data.friends[wxid] ??= {}
  touchWorld(world)
  return person
}
