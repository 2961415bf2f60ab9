/**
 * Node's own crypto module where there is one (Node 20.16 and newer), else undefined: browsers. Its synchronous calls
 * cost a tenth of WebCrypto's for small inputs. Never imported by name, so that bundles for browsers stay clean.
 */
export const nodeCrypto = globalThis.process?.getBuiltinModule?.('node:crypto')
