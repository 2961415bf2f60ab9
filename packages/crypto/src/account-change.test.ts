import { describe, expect, it } from 'vitest'
import { deriveIdentityKey, makeAccountRoot } from './account.ts'
import { checkAccountChange, signAccountChange } from './account-change.ts'
import { randomId } from './random.ts'

const now = new Date('2031-03-04T10:00:00.000Z')

async function signedChange() {
  const key = await deriveIdentityKey(makeAccountRoot())
  const given = { account: randomId(), change: 'putRecoveryKit', content: { kit: 'invented' } }
  const statement = await signAccountChange({ ...given, key, at: now })
  return { key, given, check: { ...given, statement, identity: key.publicKey, now } }
}

describe('a change of one’s account', () => {
  it('holds for this account, change and content, for five minutes', async () => {
    const { key, check } = await signedChange()
    expect(await checkAccountChange(check)).toEqual(key.publicKey)
    await checkAccountChange({ ...check, now: new Date(now.getTime() + 5 * 60_000) })
  })

  it('attack: a change signed for one thing is used for another', async () => {
    const { check } = await signedChange()
    const stranger = await deriveIdentityKey(makeAccountRoot())
    for (const lie of [
      { account: randomId() },
      { change: 'changePassword' },
      { content: { kit: 'another' } },
      { identity: stranger.publicKey },
      { statement: { ...check.statement, at: '2031-03-04T10:00:01.000Z' } },
    ])
      await expect(checkAccountChange({ ...check, ...lie })).rejects.toMatchObject({
        code: 'forged-signature',
      })
  })

  it('attack: a change signed long ago, or for later, is sent again', async () => {
    const { check } = await signedChange()
    for (const seconds of [301, -61]) {
      const then = new Date(now.getTime() + seconds * 1000)
      await expect(checkAccountChange({ ...check, now: then })).rejects.toMatchObject({ code: 'expired' })
    }
  })
})
