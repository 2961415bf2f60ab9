let code: string | undefined

/** Where the message's link leads: what stands behind the # is taken out of the address before anything is shown. */
export function keepRefusal(hash: string): void {
  code = hash.replace(/^#/, '')
}

export const keptRefusal = (): string | undefined => code
