import type { Exchange } from './exchange.js'
import { errorReply, type Reply } from './reply.js'
import type { Route } from './routes.js'

/** Finds the route for a path. */
export function findRoute(routes: readonly Route[], path: string): Route | undefined {
  return routes.find((route) =>
    route.path.endsWith('/') && route.path !== '/' ? path.startsWith(route.path) : path === route.path,
  )
}

/** The reply of a route, or one that says why there is none. */
export async function answer(route: Route | undefined, exchange: Exchange): Promise<Reply> {
  if (route === undefined)
    return errorReply(404, 'NOT_FOUND', 'There is nothing here. The API is at /graphql.')
  if (route.methods.includes(exchange.method)) return route.handle(exchange)
  const allow = route.methods.join(', ')
  return errorReply(405, 'METHOD_NOT_ALLOWED', `Use ${allow}.`, { allow })
}
