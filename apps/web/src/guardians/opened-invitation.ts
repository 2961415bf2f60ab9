let opened: string | undefined

/** An invitation whose link was opened here, until its page takes it; what stands behind the # is never sent. */
export function keepInvitation(hash: string): void {
  opened = hash.replace(/^#/, '')
}

export const hasInvitation = (): boolean => opened !== undefined

export function takeInvitation(): string | undefined {
  const taken = opened
  opened = undefined
  return taken
}
