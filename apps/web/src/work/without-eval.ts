// zod would try `new Function` as soon as it is loaded, which the CSP forbids and reports: so this is imported before it.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })
