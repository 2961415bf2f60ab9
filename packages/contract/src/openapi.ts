import { z } from 'zod'
import { ROUTES } from './api.ts'
import type { RouteDefinition } from './route.ts'

const PROBLEM = {
  description: 'What went wrong and what to do (RFC 9457)',
  content: {
    'application/problem+json': {
      schema: {
        type: 'object',
        properties: {
          type: { type: 'string' },
          title: { type: 'string' },
          status: { type: 'integer' },
          code: { type: 'string' },
          detail: { type: 'string' },
        },
        required: ['title', 'status', 'code'],
      },
    },
  },
}

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output') =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' })

function parametersOf(route: RouteDefinition) {
  const from = (schema: z.ZodObject | undefined, place: 'path' | 'query') => {
    if (!schema) return []
    const { properties = {}, required = [] } = jsonSchema(schema, 'input') as {
      properties?: Record<string, unknown>
      required?: string[]
    }
    return Object.entries(properties).map(([name, property]) => ({
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      schema: property,
    }))
  }
  return [...from(route.params, 'path'), ...from(route.query, 'query')]
}

function bodyOf(route: RouteDefinition) {
  if (route.rawBody) return { required: true, content: { [route.rawBody]: {} } }
  if (!route.body) return undefined
  return { required: true, content: { 'application/json': { schema: jsonSchema(route.body, 'input') } } }
}

function answerOf(route: RouteDefinition) {
  if (route.rawResponse) return { description: 'Done', content: { [route.rawResponse]: {} } }
  if (!route.response) return { description: 'Done' }
  return {
    description: 'Done',
    content: { 'application/json': { schema: jsonSchema(route.response, 'output') } },
  }
}

function operationOf(domain: string, route: RouteDefinition) {
  const body = bodyOf(route)
  const status = route.status ?? (route.response || route.rawResponse ? 200 : 204)
  return {
    operationId: route.name,
    tags: [domain],
    summary: route.summary,
    security: route.access === 'public' ? [] : [{ session: [] }],
    'x-access': route.access,
    parameters: parametersOf(route),
    ...(body ? { requestBody: body } : {}),
    responses: { [status]: answerOf(route), default: PROBLEM },
  }
}

/** The whole API as an OpenAPI 3.1 document. */
export function openApiDocument({
  version,
  server,
}: {
  version: string
  server: string
}): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const { domain, route } of ROUTES) {
    const path = route.path.replace(/:([a-z]+)/g, '{$1}').replace('*', '{path}')
    paths[path] ??= {}
    paths[path][route.method.toLowerCase()] = operationOf(domain, route)
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Curo', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: server }],
    components: { securitySchemes: { session: { type: 'http', scheme: 'bearer' } } },
    paths,
  }
}
