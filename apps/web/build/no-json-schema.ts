import type { Plugin } from 'vite'

const MODULES = /zod[\\/]v4[\\/]core[\\/](json-schema-processors|to-json-schema)\.js$/

/**
 * zod can describe a schema as JSON Schema, which only the node does (its OpenAPI document); a browser would carry
 * 18 kB for it. Its functions become one that does nothing, and says so when it is called after all.
 */
export function noJsonSchema(): Plugin {
  return {
    name: 'curo-no-json-schema',
    apply: 'build',
    transform(code, id) {
      if (!MODULES.test(id)) return undefined
      const names = [...code.matchAll(/^export (?:const|function|class) (\w+)/gm)].map(([, name]) => name)
      if (names.length === 0) this.error(`${id} exports in another way than build/no-json-schema.ts knows.`)
      const stub = 'const stub = () => stub; stub.toString = () => "JSON Schema is not made in browsers"'
      return { code: `${stub}\nexport { ${names.map((name) => `stub as ${name}`).join(', ')} }`, map: null }
    },
  }
}
