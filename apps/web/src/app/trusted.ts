/** The one Trusted Types policy: addresses of scripts of this very site, for Workers. */
type Policy = { createScriptURL(url: string): unknown }
type Factory = { createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): Policy }

const { trustedTypes } = globalThis as { trustedTypes?: Factory }
const policy = trustedTypes?.createPolicy('curo', { createScriptURL: ownScript })

function ownScript(url: string): string {
  if (new URL(url, location.href).origin === location.origin) return url
  throw new TypeError(`A script of another site was refused: ${url}`)
}

/** `new Worker(trustedScript(url), …)`. @throws TypeError for another site's address */
export function trustedScript(url: string): string {
  return (policy ? policy.createScriptURL(url) : ownScript(url)) as string
}
