export { preferred } from './accept.js';
export {
  PERMISSIONS,
  Public,
  PUBLIC_ROUTE,
  REQUIRED_PERMISSION,
  RequirePermission,
  type Caller,
  type Permission,
  type Requirement,
} from './access.js';
export { Authenticator } from './authenticator.js';
export { rawBodyOf, readBodies, YAML_TYPES } from './bodies.js';
export {
  clientAddress,
  networkOf,
  readForwarded,
  trustedProxies,
  type TrustedProxy,
} from './client-address.js';
export { allowOrigins } from './cors.js';
export { CurrentCaller } from './current-caller.js';
export { downloadOf, sendDownload, type Download, type FilePart } from './download.js';
export { contentTag, etagOf, IfMatch, requireMatch } from './etag.js';
export { itemResult, type ItemResult } from './each.js';
export { answerClientError, answerFrameworkError } from './framework-errors.js';
export { InputGuard } from './input.guard.js';
export { fetchByInject } from './inject-fetch.js';
export { InvalidInputError, readInput } from './input.js';
export { screenJson } from './json-screen.js';
export { openApiDocument } from './openapi.js';
export { PathMethods } from './methods.js';
export { fieldErrors, Problem, problemOf } from './problem.js';
export { ProblemFilter } from './problem.filter.js';
export { serveRedoc } from './redoc.js';
export {
  leavePlace,
  limitLoad,
  limitUrls,
  refuseDoubledHeaders,
  socketOptions,
  STRANGERS,
  timeoutOptions,
  urlTrouble,
} from './request-limits.js';
export { API_PREFIX, OPERATIONS, PROBES, versionedUrl } from './rewrite.js';
export { contractOf, Route, ROUTE_GROUP, type Proof, type RouteContract } from './route.js';
export type { RouteGroup } from './route-groups.js';
export { secureHeaders } from './security-headers.js';
export { compileSerializer } from './serializer.js';
export { answerUnchanged } from './unchanged.js';
export {
  file,
  IdParams,
  links,
  nextCursor,
  page,
  pageQuery,
  seed,
  sortBy,
  synthetic,
  time,
  timeRange,
  uuid,
  wire,
} from './wire.js';
